// Keeps the chips of running deployments up to date; asks again only after an answer, and no more once a deployment is over.
(function () {
  'use strict';

  const EVERY = 5000;

  const words = (constant) => constant.toLowerCase().replaceAll('_', ' ');

  /** The same words as DeploymentPage.getChip. */
  function text(doc) {
    const name = doc.service.service;
    if (doc.ended) {
      return name + ': ' + words(doc.verdict.outcome);
    }
    const weight = doc.replacement?.weight;
    return name + ': ' + (weight ? weight + ' %, ' : '') + words(doc.phase);
  }

  async function refresh(chip, etag) {
    let tag = etag;
    try {
      const response = await fetch(chip.dataset.view, { headers: tag ? { 'If-None-Match': tag } : {}, cache: 'no-store' });
      if (response.status === 200) {
        tag = response.headers.get('ETag');
        const doc = await response.json();
        chip.querySelector('.ecs-canary-chip__text').textContent = text(doc);
        if (doc.ended) {
          return;
        }
      }
    } catch {
      // Jenkins may be restarting: asked again below.
    }
    setTimeout(() => refresh(chip, tag), EVERY);
  }

  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('.ecs-canary-chip[data-ended="false"]').forEach((chip) => refresh(chip, null));
  });
})();
