// The filter of a scan's findings: severities by their tiles, words, only what counts, only what is new. Sorting is Jenkins's own.
(function () {
  'use strict';

  document.addEventListener('DOMContentLoaded', () => {
    const words = document.getElementById('ecs-canary-words');
    if (!words) {
      return;
    }
    const tiles = Array.from(document.querySelectorAll('.ecs-canary-tile'));
    const counted = document.getElementById('ecs-canary-counted');
    const fresh = document.getElementById('ecs-canary-fresh');
    const shown = document.getElementById('ecs-canary-shown');
    const rows = Array.from(document.querySelectorAll('.ecs-canary-findings tbody tr')).map((row) => ({
      row,
      text: row.textContent.toLowerCase(),
    }));

    function filter() {
      const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      const severities = tiles.filter((tile) => tile.getAttribute('aria-pressed') === 'true').map((tile) => tile.dataset.severity);
      let left = 0;
      rows.forEach(({ row, text }) => {
        const hit =
          (severities.length === 0 || severities.includes(row.dataset.severity)) &&
          (!counted.checked || row.dataset.counted === 'true') &&
          (!fresh?.checked || row.dataset.fresh === 'true') &&
          wanted.every((word) => text.includes(word));
        row.hidden = !hit;
        left += hit ? 1 : 0;
      });
      shown.textContent = left + ' / ' + rows.length + ' ' + shown.dataset.word;
    }

    tiles.forEach((tile) =>
      tile.addEventListener('click', () => {
        tile.setAttribute('aria-pressed', String(tile.getAttribute('aria-pressed') !== 'true'));
        filter();
      }),
    );
    words.addEventListener('input', filter);
    counted.addEventListener('change', filter);
    fresh?.addEventListener('change', filter);
  });
})();
