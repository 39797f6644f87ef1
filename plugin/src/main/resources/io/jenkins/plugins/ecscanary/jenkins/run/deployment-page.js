// The buttons of a deployment's page, and what is said about them: shown while they make sense, asked for confirmation, sent as a
// POST with the crumb.
(function () {
  'use strict';

  const waiting = (doc) => doc.phase === 'BAKING' || doc.gates.some((gate) => gate.state === 'WAITING');

  function wanted(part, doc) {
    if (part.dataset.needs === 'end') {
      return doc.ended && Boolean(doc.replacement?.taskDefinition); // else there is nothing to ship again
    }
    if (doc.ended || doc.phase === 'ROLLING_BACK') {
      return false;
    }
    return part.dataset.needs !== 'wait' || waiting(doc);
  }

  function act(button) {
    const what = button.textContent.trim();
    dialog.confirm(button.dataset.title, { message: button.dataset.message }).then(
      () =>
        ask(button, what).catch((problem) =>
          notificationBar.show(what + ': ' + problem.message + ' (nothing is known to have been done)', notificationBar.ERROR),
        ),
      () => setTimeout(() => button.focus()), // not confirmed: once the dialog is gone, on with where it was asked for
    );
  }

  function ask(button, what) {
    return fetch(button.dataset.action, { method: 'POST', headers: crumb.wrap({}) }).then((response) => {
      if (response.ok) {
        button.disabled = true;
        notificationBar.show(what + ' …', notificationBar.SUCCESS);
        return undefined;
      }
      const plain = (response.headers.get('Content-Type') || '').startsWith('text/plain');
      return (plain ? response.text() : Promise.resolve(response.status)).then((said) =>
        notificationBar.show(what + ': ' + said, notificationBar.ERROR),
      );
    });
  }

  document.addEventListener('DOMContentLoaded', () => {
    const view = document.querySelector('canary-progress');
    const parts = document.querySelectorAll('.ecs-canary-act, .ecs-canary-when');
    document.querySelectorAll('.ecs-canary-act').forEach((button) => button.addEventListener('click', () => act(button)));
    if (view) {
      view.addEventListener('canary-update', (event) => {
        parts.forEach((part) => part.classList.toggle('jenkins-hidden', !wanted(part, event.detail)));
        if (event.detail.ended && !view.hasAttribute('replay')) {
          view.setAttribute('replay', 'replay');
        }
      });
    }
  });
})();
