// The buttons of a deployment's page: shown while they make sense, asked for confirmation, sent as a POST with the crumb.
(function () {
  'use strict';

  const waiting = (doc) => doc.phase === 'BAKING' || doc.gates.some((gate) => gate.state === 'WAITING');

  function wanted(button, doc) {
    if (button.dataset.needs === 'end') {
      return doc.ended;
    }
    if (doc.ended || doc.phase === 'ROLLING_BACK') {
      return false;
    }
    return button.dataset.needs !== 'wait' || waiting(doc);
  }

  async function act(button) {
    const confirmed = await dialog.confirm(button.dataset.title, { message: button.dataset.message }).then(
      () => true,
      () => false,
    );
    if (!confirmed) {
      return;
    }
    const response = await fetch(button.dataset.action, { method: 'POST', headers: crumb.wrap({}) });
    if (response.ok) {
      button.disabled = true;
      notificationBar.show(button.textContent.trim() + ' …', notificationBar.SUCCESS);
    } else {
      const said = response.headers.get('Content-Type')?.startsWith('text/plain') ? await response.text() : response.status;
      notificationBar.show(button.textContent.trim() + ': ' + said, notificationBar.ERROR);
    }
  }

  document.addEventListener('DOMContentLoaded', () => {
    const view = document.querySelector('canary-progress');
    const buttons = Array.from(document.querySelectorAll('.ecs-canary-act'));
    buttons.forEach((button) => button.addEventListener('click', () => act(button)));
    view?.addEventListener('canary-update', (event) => {
      buttons.forEach((button) => button.classList.toggle('jenkins-hidden', !wanted(button, event.detail)));
      if (event.detail.ended && !view.hasAttribute('replay')) {
        view.setAttribute('replay', 'replay');
      }
    });
  });
})();
