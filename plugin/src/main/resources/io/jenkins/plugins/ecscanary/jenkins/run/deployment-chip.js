// Keeps the chips of running deployments up to date; asks again only after an answer, and no more once a deployment is over.
(function () {
  'use strict';

  const EVERY = 5000;
  const AT_MOST = 60000;

  const words = (constant) => constant.toLowerCase().replaceAll('_', ' ');

  /** The same words as DeploymentPage.getChip, and at the end, where there is room for a cause, as getState. */
  function text(chip, doc) {
    const name = doc.service.service;
    if (doc.ended) {
      const outcome = words(doc.verdict.outcome);
      return chip.dataset.cause === 'true' ? outcome + ': ' + doc.verdict.cause : name + ': ' + outcome;
    }
    const weight = doc.replacement?.weight;
    return name + ': ' + (weight ? weight + ' %, ' : '') + words(doc.phase);
  }

  /** As Tone has it. */
  function tone(doc) {
    if (!doc.ended) {
      return 'running';
    }
    return { PROMOTED: 'success', ABORTED: 'warning', INCONCLUSIVE: 'warning', UNKNOWN: 'warning' }[doc.verdict.outcome] || 'failure';
  }

  /** Where there is nothing yet, or no answer, it is asked for less and less often. */
  async function refresh(chip, etag, pause) {
    let tag = etag;
    let next = Math.min(pause * 2, AT_MOST);
    try {
      const response = await fetch(chip.dataset.view, { headers: tag ? { 'If-None-Match': tag } : {}, cache: 'no-store' });
      if (response.status === 200 || response.status === 304) {
        next = EVERY;
      }
      if (response.status === 200) {
        tag = response.headers.get('ETag');
        const doc = await response.json();
        const place = chip.querySelector('.ecs-canary-chip__text');
        const said = text(chip, doc);
        if (place.textContent !== said) { // or a screen reader would say the same again
          place.textContent = said;
          place.className = 'ecs-canary-chip__text ecs-canary-tone--' + tone(doc);
        }
        if (doc.ended) {
          return;
        }
      } else if (response.status === 401 || response.status === 403) {
        return; // not for this user any more
      }
    } catch {
      // Jenkins may be restarting: asked again below.
    }
    setTimeout(() => refresh(chip, tag, next), next);
  }

  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('.ecs-canary-chip[data-ended="false"]').forEach((chip) => refresh(chip, null, EVERY));
  });
})();
