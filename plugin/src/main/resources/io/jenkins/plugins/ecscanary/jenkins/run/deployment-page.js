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

  function act(button) {
    const what = button.textContent.trim();
    dialog.confirm(button.dataset.title, { message: button.dataset.message }).then(
      () =>
        fetch(button.dataset.action, { method: 'POST', headers: crumb.wrap({}) }).then((response) => {
          if (response.ok) {
            button.disabled = true;
            notificationBar.show(what + ' …', notificationBar.SUCCESS);
            return;
          }
          const plain = (response.headers.get('Content-Type') || '').startsWith('text/plain');
          (plain ? response.text() : Promise.resolve(response.status)).then((said) =>
            notificationBar.show(what + ': ' + said, notificationBar.ERROR),
          );
        }),
      () => {}, // not confirmed
    );
  }

  document.addEventListener('DOMContentLoaded', () => {
    const view = document.querySelector('canary-progress');
    const buttons = Array.from(document.querySelectorAll('.ecs-canary-act'));
    buttons.forEach((button) => button.addEventListener('click', () => act(button)));
    if (view) {
      view.addEventListener('canary-update', (event) => {
        buttons.forEach((button) => button.classList.toggle('jenkins-hidden', !wanted(button, event.detail)));
        if (event.detail.ended && !view.hasAttribute('replay')) {
          view.setAttribute('replay', 'replay');
        }
      });
    }
  });
})();
