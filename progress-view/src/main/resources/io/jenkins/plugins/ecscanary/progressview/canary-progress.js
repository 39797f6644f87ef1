/*
 * <canary-progress>: shows one canary deployment, live or recorded, from the view document (docs/view-document.md).
 *
 *   <canary-progress src="view.json" interval="1000"></canary-progress>   polls until the deployment has ended
 *   <canary-progress data="id"></canary-progress>                         reads <script type="application/json" id="id">
 *   element.show(doc, {now, version})                                     a host feeds it; `now` is AWS's time (ISO-8601)
 *
 * With replay="replay.json", or replay-data="id" beside data, a deployment that has ended can be watched again: the
 * document of its frames (docs/view-document.md) is fetched when someone asks for it.
 *
 * Emits `canary-update` (detail: the document) whenever it shows a new document. A classic script without dependencies
 * that runs under "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:":
 * every string from the document reaches the page through textContent or an attribute that cannot run anything.
 */
(function () {
  'use strict';

  const TAG = 'canary-progress';
  if (customElements.get(TAG)) {
    return; // The host loaded the script twice.
  }

  const SCHEMA = 1;
  const DEFAULT_INTERVAL = 1000;
  const LEAST_INTERVAL = 100;
  const MOST_BACK_OFF = 30000;
  const HIDDEN_INTERVAL = 15000;
  const REQUEST_TIMEOUT = 15000;
  const REPLAY_SECONDS = 30; // How long a replay takes unless someone chooses another pace.
  const LOG_LINES = 500; // More than this many lines make a page slow and are not read by anybody.

  // ---------------------------------------------------------------------------------------------------- words

  const PHASES = {
    PLANNING: 'Planning',
    CHECKING: 'Checking',
    STARTING: 'Starting',
    INSTALLING: 'Installing',
    TESTING: 'Testing',
    SHIFTING: 'Shifting',
    BAKING: 'Baking',
    ROLLING_BACK: 'Rolling back',
    ENDED: 'Ended',
  };

  const OUTCOMES = {
    PROMOTED: { tone: 'ok', icon: 'ok', label: 'Promoted' },
    ROLLED_BACK: { tone: 'fail', icon: 'undo', label: 'Rolled back' },
    ROLLBACK_FAILED: { tone: 'fail', icon: 'fail', label: 'Rollback failed' },
    REFUSED: { tone: 'fail', icon: 'stop', label: 'Refused' },
    ABORTED: { tone: 'warn', icon: 'stop', label: 'Aborted' },
    INCONCLUSIVE: { tone: 'warn', icon: 'unknown', label: 'Inconclusive' },
    UNKNOWN: { tone: 'warn', icon: 'unknown', label: 'Unknown' },
  };

  const JUDGED = {
    HEALTHY: { tone: 'ok', icon: 'ok', label: 'Healthy' },
    UNHEALTHY: { tone: 'fail', icon: 'fail', label: 'Unhealthy' },
    TOO_FEW_REQUESTS: { tone: 'warn', icon: 'unknown', label: 'Too few requests' },
    NO_DATA: { tone: 'none', icon: 'unknown', label: 'No data yet' },
  };

  const ALARMS = {
    OK: { tone: 'ok', icon: 'ok', label: 'OK' },
    ALARM: { tone: 'fail', icon: 'warn', label: 'Alarm' },
    INSUFFICIENT_DATA: { tone: 'none', icon: 'unknown', label: 'Insufficient data' },
  };

  const GATES = {
    WAITING: { tone: 'warn', icon: 'pause', label: 'Waiting' },
    PASSED: { tone: 'ok', icon: 'ok', label: 'Passed' },
    REFUSED: { tone: 'fail', icon: 'fail', label: 'Refused' },
  };

  const LIFECYCLE = {
    Pending: { tone: 'none', icon: 'wait', label: 'Pending' },
    InProgress: { tone: 'run', icon: 'run', label: 'In progress' },
    Succeeded: { tone: 'ok', icon: 'ok', label: 'Succeeded' },
    Failed: { tone: 'fail', icon: 'fail', label: 'Failed' },
    Skipped: { tone: 'none', icon: 'skip', label: 'Skipped' },
    Unknown: { tone: 'warn', icon: 'unknown', label: 'Unknown' },
  };

  const CHECKS = {
    PASSED: { tone: 'ok', icon: 'ok', label: 'Passed' },
    WARNED: { tone: 'warn', icon: 'warn', label: 'Warned' },
    REFUSED: { tone: 'fail', icon: 'fail', label: 'Refused' },
  };

  const STEPS = { TODO: 'to do', CURRENT: 'current', DONE: 'done', SKIPPED: 'not reached' };

  /** A word the document uses and this version does not know is shown as it is, without a colour. */
  function word(words, value) {
    return Object.hasOwn(words, value) ? words[value] : { tone: 'none', icon: 'unknown', label: text(value) };
  }

  // --------------------------------------------------------------------------------------------------- format

  const DASH = '–';
  const NBSP = '\u00a0';
  const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const clockMinutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
  const dateAndClock = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric', month: 'short', year: 'numeric',
    hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short',
  });

  function text(value) {
    if (value === null || value === undefined || value === '') {
      return DASH;
    }
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  function isNumber(value) {
    return typeof value === 'number' && Number.isFinite(value);
  }

  function count(value) {
    return isNumber(value) ? whole.format(value) : DASH;
  }

  function percent(value) {
    return isNumber(value) ? short.format(value) + NBSP + '%' : DASH;
  }

  /**
   * A rate always has two decimals, and rounding never turns it into the better side of a limit: 99.996 is not 100.00 %,
   * for there were errors, and 99.499 is not 99.50 % where that is needed.
   */
  function rate(value, threshold) {
    if (!isNumber(value)) {
      return DASH;
    }
    const rounded = Math.round(value * 100) / 100;
    const flattered = [100, threshold].some((limit) => isNumber(limit) && value < limit && rounded >= limit);
    return (flattered ? Math.floor(value * 100) / 100 : rounded).toFixed(2) + NBSP + '%';
  }

  function plural(number, one, many) {
    return count(number) + NBSP + (number === 1 ? one : many);
  }

  function millis(iso) {
    const at = typeof iso === 'string' ? Date.parse(iso) : NaN;
    return Number.isNaN(at) ? null : at;
  }

  function duration(ms) {
    const seconds = Math.max(0, Math.round(ms / 1000));
    const two = (n) => String(n).padStart(2, '0');
    if (seconds < 120) {
      return seconds + NBSP + 's';
    }
    if (seconds < 3600) {
      return Math.floor(seconds / 60) + NBSP + 'min ' + two(seconds % 60) + NBSP + 's';
    }
    return Math.floor(seconds / 3600) + NBSP + 'h ' + two(Math.floor(seconds / 60) % 60) + NBSP + 'min';
  }

  function revision(side) {
    return text(side && (side.taskDefinition || side.targetGroup));
  }

  function list(value) {
    return Array.isArray(value) ? value.filter((entry) => entry !== null && entry !== undefined) : [];
  }

  // ------------------------------------------------------------------------------------------------------ DOM

  const SVG = 'http://www.w3.org/2000/svg';
  let ids = 0;

  function append(node, children) {
    for (const child of children) {
      if (Array.isArray(child)) {
        append(node, child);
      } else if (child !== null && child !== undefined && child !== false) {
        node.append(child); // A string becomes a text node, never markup.
      }
    }
    return node;
  }

  function h(tag, className, ...children) {
    const node = document.createElement(tag);
    if (className) {
      node.className = className;
    }
    return append(node, children);
  }

  function attr(node, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      node.setAttribute(name, String(value));
    }
    return node;
  }

  function s(tag, attributes, ...children) {
    return append(attr(document.createElementNS(SVG, tag), attributes), children);
  }

  function setText(node, value) {
    if (node.textContent !== value) {
      node.textContent = value;
    }
  }

  /** Runs `render` only where its input changed: what stays the same keeps its nodes, its focus and its selection. */
  function whenChanged(render) {
    let last;
    return (input) => {
      const key = JSON.stringify(input);
      if (key !== last) {
        last = key;
        render(input);
      }
    };
  }

  function time(iso, format) {
    const at = millis(iso);
    if (at === null) {
      return h('span', null, text(iso));
    }
    return attr(h('time', null, (format || clock).format(at)), { datetime: iso, title: iso });
  }

  const ICONS = {
    ok: 'M3 8.6l3.3 3.2L13 4.6',
    fail: 'M4 4l8 8M12 4l-8 8',
    warn: 'M8 2.4L14.2 13.4H1.8zM8 6.6v3.1M8 11.5v.1',
    wait: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5v3.2l2.1 1.4',
    run: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 6.6a1.4 1.4 0 1 0 0 2.8a1.4 1.4 0 1 0 0-2.8',
    skip: 'M3.5 8h9',
    unknown: 'M5.6 6a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.9M8 12.6v.1',
    undo: 'M3.4 6.4h6.4a3.1 3.1 0 0 1 0 6.2H6.6M6.4 3.4l-3 3l3 3',
    pause: 'M5.8 3.8v8.4M10.2 3.8v8.4',
    play: 'M4.8 3.2v9.6l8-4.8z',
    back: 'M11.6 3.6L6.4 8l5.2 4.4M4.2 3.6v8.8',
    forth: 'M4.4 3.6L9.6 8l-5.2 4.4M11.8 3.6v8.8',
    stop: 'M4.5 4.5h7v7h-7z',
    info: 'M8 7.4v4.2M8 4.6v.1',
    out: 'M6.5 3.5h-3v9h9v-3M9 3.5h3.5v3.5M12.3 3.7L7.4 8.6',
  };

  function icon(name) {
    return s('svg', { class: 'cp-icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, s('path', { d: ICONS[name] }));
  }

  /** A state is never a colour alone: an icon and its word. */
  function status(meaning, label) {
    return h('span', 'cp-status cp-' + meaning.tone, icon(meaning.icon), h('span', null, label || meaning.label));
  }

  function card(name, title) {
    const id = 'cp-' + ++ids;
    const heading = attr(h('h3', 'cp-heading', title), { id });
    const body = h('div', 'cp-card-body');
    const node = attr(h('section', 'cp-card cp-card-' + name, heading, body), { 'aria-labelledby': id });
    return { node, heading, body };
  }

  function foldable(name, title) {
    const note = h('span', 'cp-fold-note');
    const body = h('div', 'cp-fold-body');
    const heading = h('span', 'cp-heading', title);
    const node = h('details', 'cp-card cp-fold cp-card-' + name, h('summary', 'cp-summary', heading, note), body);
    let chosen = false; // Once someone opened or closed it, it stays as they left it.
    node.firstChild.addEventListener('click', () => {
      chosen = true;
    });
    const suggest = (open) => {
      if (!chosen) {
        node.open = open;
      }
    };
    return { node, note, body, suggest };
  }

  function callout(tone, iconName, title, ...children) {
    return h('div', 'cp-callout cp-' + tone, icon(iconName),
      h('div', 'cp-callout-text', h('strong', 'cp-callout-title', title), children));
  }

  function dots(parts) {
    const nodes = [];
    for (const part of parts.filter((p) => p !== null && p !== undefined && p !== false)) {
      nodes.push(h('span', 'cp-part', part));
    }
    return nodes;
  }

  /** Only https addresses become links: a `javascript:` address stays text. */
  function link(url, label) {
    if (typeof url !== 'string' || !/^https:\/\//i.test(url)) {
      return label;
    }
    return attr(h('a', 'cp-link', label, icon('out')), { href: url, target: '_blank', rel: 'noopener noreferrer' });
  }

  // ------------------------------------------------------------------------------------------------- the view

  /** The document as it was at an event: without the entries that came later. A replay shows one after the other. */
  function asOf(doc, version) {
    if (!isNumber(version)) {
      return doc;
    }
    const shown = Object.assign({}, doc);
    for (const [member, value] of Object.entries(doc)) {
      if (Array.isArray(value) && value.some((entry) => entry && isNumber(entry.seq))) {
        shown[member] = list(value).filter((entry) => entry.seq <= version);
      }
    }
    return shown;
  }

  /** A deployment that has ended, frame by frame: its document as it was after each of its events. */
  class Recording {
    /** @throws Error saying what is wrong with the document of the frames */
    constructor(doc, replay) {
      if (replay === null || typeof replay !== 'object' || !isNumber(replay.schema) || !Array.isArray(replay.frames)) {
        throw new Error('this is not a recording');
      }
      if (replay.schema > SCHEMA) {
        throw new Error('it was recorded by a newer version (schema ' + replay.schema + ')');
      }
      this.doc = doc;
      this.frames = replay.frames.filter((frame) => isNumber(frame.seq) && millis(frame.at) !== null)
        .map((frame) => ({ seq: frame.seq, iso: frame.at, at: millis(frame.at), set: frame.set || {} }));
      if (this.frames.length === 0) {
        throw new Error('it has no frames');
      }
      // Each frame says only what changed, so that the frames before it are part of it.
      let state = {};
      for (const frame of this.frames) {
        state = Object.assign({}, state, frame.set);
        frame.state = state;
      }
    }

    get from() {
      return this.frames[0].at;
    }

    get to() {
      return this.frames[this.frames.length - 1].at;
    }

    /** The number of the last frame that was there at a time. */
    index(at) {
      let low = 0;
      let high = this.frames.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (this.frames[middle].at <= at) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return low;
    }

    document(index) {
      const { seq, iso, state } = this.frames[index];
      return asOf(Object.assign({}, this.doc, state, { version: seq, lastEventAt: iso }), seq);
    }
  }

  /** AWS's time: what the server said last, moved on by `speed` while a deployment runs; else it stands still. */
  class AwsClock {
    constructor() {
      this.base = null;
      this.since = 0;
      this.speed = 1;
      this.running = false;
    }

    now() {
      return this.base === null || !this.running
        ? this.base
        : this.base + (performance.now() - this.since) * this.speed;
    }

    set(iso, speed, running) {
      const said = millis(iso);
      const believed = this.now();
      this.speed = isNumber(speed) && speed > 0 ? speed : 1;
      // An answer that took long says a time gone by: a countdown that jumps back by a moment would only confuse.
      const late = this.running && running && said !== null && believed - said > 0
        && believed - said < 2000 * this.speed;
      this.base = late || said === null ? believed : said;
      this.since = performance.now();
      this.running = running;
    }
  }

  // ------------------------------------------------------------------------------------------------- sections
  // Each makes its nodes once: {node, update(doc), tick(now)}; update and tick change only what is different.

  function headerSection() {
    const service = h('h2', 'cp-service');
    const chips = h('div', 'cp-chips');
    const where = h('p', 'cp-where');
    const elapsed = h('span', 'cp-part');
    const meta = h('p', 'cp-meta');
    const consoleLinks = h('ul', 'cp-console-links');
    const consolePart = h('details', 'cp-console', h('summary', 'cp-console-summary', 'In the AWS console'), consoleLinks);
    const phases = h('ol', 'cp-phases');
    phases.setAttribute('aria-label', 'Phases');
    const node = h('header', 'cp-header', h('div', 'cp-header-top', h('div', 'cp-names', service, where), chips),
      meta, consolePart, phases);
    let startedAt = null;
    let endedAt = null;

    const names = whenChanged((doc) => {
      const place = doc.service || {};
      service.replaceChildren(text(place.service));
      where.replaceChildren(...dots([
        place.cluster ? 'cluster ' + place.cluster : null, place.region, place.account ? 'account ' + place.account : null,
      ]));
      meta.replaceChildren(...dots([
        doc.deploymentId ? link(doc.consoleUrl, doc.deploymentId) : null,
        doc.kind === 'redeploy' ? 'redeploy of ' + text(doc.redeployOf) : null,
        doc.startedBy ? 'started by ' + doc.startedBy : null,
        doc.startedAt ? time(doc.startedAt, dateAndClock) : null,
      ]), elapsed);
    });

    const inConsole = whenChanged((links) => {
      consolePart.hidden = Object.keys(links).length === 0;
      consoleLinks.replaceChildren(...Object.entries(links).map(([label, url]) => h('li', '', link(url, label))));
    });

    const stages = whenChanged(({ phase, ended, turned, speed }) => {
      chips.replaceChildren(...[
        isNumber(speed) && speed !== 1 ? h('span', 'cp-chip', 'clock × ' + short.format(speed)) : null,
        ended ? null : h('span', 'cp-chip cp-chip-phase cp-' + (turned ? 'fail' : 'run'),
          icon(turned ? 'undo' : 'run'), PHASES[phase] || text(phase)),
      ].filter(Boolean));
      phases.hidden = ended;
      const shown = ['PLANNING', 'CHECKING', 'STARTING', 'INSTALLING', 'TESTING', 'SHIFTING',
        turned ? 'ROLLING_BACK' : 'BAKING', 'ENDED'];
      const here = shown.indexOf(phase);
      phases.replaceChildren(...shown.map((name, index) => {
        const state = index < here ? 'done' : index === here ? 'current' : 'todo';
        const item = h('li', 'cp-stage cp-stage-' + state + (name === 'ROLLING_BACK' ? ' cp-fail' : ''),
          h('span', 'cp-stage-name', PHASES[name]));
        if (state === 'current') {
          item.setAttribute('aria-current', 'step');
        }
        return item;
      }));
    });

    return {
      node,
      update(doc) {
        startedAt = millis(doc.startedAt);
        endedAt = doc.ended ? millis(doc.endedAt) || millis(doc.lastEventAt) : null;
        const { service: place, deploymentId, consoleUrl, kind, redeployOf, startedBy, startedAt: start } = doc;
        names({ service: place, deploymentId, consoleUrl, kind, redeployOf, startedBy, startedAt: start });
        inConsole(doc.links || {});
        const turned = doc.phase === 'ROLLING_BACK' || Boolean(doc.rollback);
        stages({ phase: doc.phase, ended: Boolean(doc.ended), turned, speed: doc.speed });
      },
      tick(now) {
        const until = endedAt === null ? now : endedAt;
        elapsed.hidden = startedAt === null || until === null;
        if (!elapsed.hidden) {
          setText(elapsed, (endedAt === null ? 'running for ' : 'took ') + duration(until - startedAt));
        }
      },
    };
  }

  function verdictSection() {
    const node = h('div', 'cp-verdict-place');
    const show = whenChanged(({ verdict, ended, original, replacement, rollback }) => {
      if (!verdict) {
        node.replaceChildren(...(ended ? [callout('warn', 'unknown', 'Ended without a verdict')] : []));
        return;
      }
      const meaning = word(OUTCOMES, verdict.outcome);
      const label = verdict.provisional ? meaning.label + ', provisionally' : meaning.label;
      const readBack = isNumber(verdict.originalWeight) && isNumber(verdict.replacementWeight)
        ? ['Read back from the load balancer: ',
          percent(verdict.replacementWeight) + ' to ' + revision(replacement) + ', ',
          percent(verdict.originalWeight) + ' to ' + revision(original)]
        : ['The weights could not be read back from the load balancer'];
      const consequence = {
        PROMOTED: revision(replacement) + ' takes the traffic.',
        ROLLED_BACK: revision(original) + ' takes the traffic again.',
        ROLLBACK_FAILED: 'Traffic may be split between two versions. Somebody has to look at it now.',
        REFUSED: 'Nothing was changed.',
        INCONCLUSIVE: 'There was not enough to judge by: silence is not health.',
        UNKNOWN: 'The end of this deployment was not seen.',
      }[verdict.outcome];
      node.replaceChildren(h('div', 'cp-verdict cp-' + meaning.tone + (verdict.outcome === 'ROLLBACK_FAILED' ? ' cp-loud' : ''),
        h('span', 'cp-verdict-icon', icon(meaning.icon)),
        h('div', 'cp-verdict-text',
          h('p', 'cp-verdict-outcome', label),
          consequence ? h('p', 'cp-verdict-consequence', consequence) : null,
          verdict.cause ? h('p', 'cp-verdict-cause', verdict.cause) : null,
          h('p', 'cp-verdict-facts', dots([
            verdict.at ? time(verdict.at, dateAndClock) : null,
            verdict.outcome === 'REFUSED' ? null : h('span', null, readBack),
            rollback && rollback.deploymentId ? 'rolled back by ' + rollback.deploymentId : null,
            verdict.provisional ? 'AWS had not completed the deployment yet' : null,
          ])))));
    });
    return {
      node,
      update(doc) {
        const { verdict, ended, original, replacement, rollback } = doc;
        show({
          verdict, ended, rollback, original: { taskDefinition: revision(original) },
          replacement: { taskDefinition: revision(replacement) },
        });
      },
    };
  }

  function calloutsSection() {
    const node = h('div', 'cp-callouts');
    const show = whenChanged(({ rollback, ended, verdict, waiting, warnings }) => {
      const callouts = [];
      if (rollback && !ended) {
        callouts.push(callout('fail', 'undo', 'Rolling back', h('p', null, text(rollback.cause)),
          h('p', 'cp-quiet', dots([rollback.deploymentId, rollback.startedAt ? h('span', null, 'since ', time(rollback.startedAt)) : null]))));
      } else if (rollback && rollback.cause && (!verdict || verdict.cause !== rollback.cause)) {
        callouts.push(callout('fail', 'undo', 'Rolled back because', h('p', null, text(rollback.cause))));
      }
      for (const gate of ended ? [] : waiting) {
        callouts.push(callout('warn', 'pause', 'Waiting for someone: ' + text(gate.name),
          gate.note ? h('p', null, gate.note) : null,
          gate.openedAt ? h('p', 'cp-quiet', 'since ', time(gate.openedAt)) : null));
      }
      if (warnings.length > 0) {
        callouts.push(callout('warn', 'warn', warnings.length === 1 ? 'Warning' : warnings.length + ' warnings',
          h('ul', 'cp-plain', warnings.map((warning) => h('li', null, text(warning.text), ' ',
            h('span', 'cp-quiet', time(warning.at)))))));
      }
      node.replaceChildren(...callouts);
    });
    return {
      node,
      update(doc) {
        show({
          rollback: doc.rollback, ended: doc.ended, verdict: doc.verdict,
          waiting: list(doc.gates).filter((gate) => gate.state === 'WAITING'), warnings: list(doc.warnings),
        });
      },
    };
  }

  /** Who gets what share now, on one axis with the steps of the plan: the replacement pushes the original out. */
  function trafficSection() {
    const { node, heading, body } = card('traffic', 'Traffic');
    heading.classList.add('cp-sr');
    const shares = h('div', 'cp-shares');
    const fill = h('div', 'cp-bar-replacement');
    const bar = attr(h('div', 'cp-bar', fill, h('div', 'cp-bar-original')), { role: 'img' });
    const steps = attr(h('ol', 'cp-steps'), { 'aria-label': 'Steps of the plan' });
    const plan = h('p', 'cp-plan');
    const nextLabel = h('p', 'cp-label', 'Next');
    const countdown = attr(h('p', 'cp-countdown'), { role: 'timer' });
    const what = h('p', 'cp-next-what');
    const due = h('p', 'cp-quiet');
    const next = h('div', 'cp-next', nextLabel, countdown, what, due);
    body.append(h('div', 'cp-split', shares, bar, steps, plan), next);
    let dueAt = null;

    const showShares = whenChanged(({ replacement, original }) => {
      const share = (name, side) => h('div', 'cp-share cp-side-' + name.toLowerCase(),
        h('p', 'cp-share-value', percent(side.weight)),
        h('div', 'cp-share-names', h('p', 'cp-label', name), h('p', 'cp-share-name', side.name),
          side.image ? h('p', 'cp-quiet cp-share-image', side.image) : null));
      shares.replaceChildren(share('Replacement', replacement), share('Original', original));
      const known = isNumber(replacement.weight) && isNumber(original.weight)
        && replacement.weight + original.weight > 0;
      bar.classList.toggle('cp-bar-unknown', !known);
      const part = known ? 100 * replacement.weight / (replacement.weight + original.weight) : 0;
      bar.classList.toggle('cp-bar-split', part > 0 && part < 100);
      fill.style.setProperty('width', part + '%');
      bar.setAttribute('aria-label', known
        ? percent(replacement.weight) + ' of the traffic to the replacement ' + replacement.name + ', '
          + percent(original.weight) + ' to the original ' + original.name
        : 'The weights are not known yet');
    });

    const showPlan = whenChanged(({ plan: it, rolledBack }) => {
      const all = list(it.steps).filter((step) => isNumber(step.weight));
      const milestones = list(it.milestones).filter(isNumber);
      const marks = all.map((step, index) => ({ ...step, number: index + 1, milestone: milestones.includes(step.weight) }));
      for (const weight of milestones.filter((m) => !all.some((step) => step.weight === m))) {
        marks.push({ weight, milestone: true, state: 'MILESTONE' });
      }
      marks.sort((a, b) => a.weight - b.weight);
      const labelled = [];
      const importance = (mark) => (mark.state === 'CURRENT' ? 3 : mark.weight === 100 ? 2 : mark.milestone ? 1 : 0);
      for (const mark of [...marks].sort((a, b) => importance(b) - importance(a))) {
        if (labelled.every((other) => Math.abs(other.weight - mark.weight) >= 7)) {
          labelled.push(mark);
        }
      }
      steps.hidden = marks.length === 0;
      steps.replaceChildren(...marks.map((mark) => {
        const state = text(mark.state).toLowerCase();
        const words = (mark.number ? 'Step ' + mark.number + ', ' : 'Milestone, ') + percent(mark.weight)
          + (mark.number ? ', ' + (STEPS[mark.state] || state) : '') + (mark.number && mark.milestone ? ', milestone' : '')
          + (isNumber(mark.holdSeconds) && mark.holdSeconds > 0 ? ', held for ' + duration(mark.holdSeconds * 1000) : '');
        const item = h('li', 'cp-step cp-step-' + state + (mark.milestone ? ' cp-milestone' : ''),
          h('span', 'cp-mark'),
          labelled.includes(mark) ? attr(h('span', 'cp-step-weight', short.format(mark.weight)), { 'aria-hidden': 'true' }) : null,
          h('span', 'cp-sr', words, mark.reachedAt ? [', reached ', time(mark.reachedAt)] : null));
        item.title = words;
        item.style.setProperty('left', Math.min(100, Math.max(0, mark.weight)) + '%');
        if (mark.state === 'CURRENT') {
          item.setAttribute('aria-current', 'step');
        }
        return item;
      }));
      const reached = all.filter((step) => step.state === 'DONE' || step.state === 'CURRENT').length;
      plan.replaceChildren(...dots([
        all.length > 0
          ? (rolledBack ? 'Stopped after step ' : 'Step ') + reached + ' of ' + all.length : null,
        it.label ? h('span', 'cp-strong', it.label) : null, it.config,
        milestones.length > 0 ? h('span', 'cp-legend', h('span', 'cp-mark cp-mark-legend'), 'milestone') : null,
      ]));
    });

    return {
      node,
      update(doc) {
        const side = (it) => ({ weight: it ? it.weight : null, name: revision(it), image: it ? it.image : null });
        const weights = [doc.original, doc.replacement].some((it) => it && isNumber(it.weight));
        node.hidden = Boolean(doc.ended) && !weights;
        showShares({ replacement: side(doc.replacement), original: side(doc.original) });
        showPlan({ plan: doc.plan || {}, rolledBack: Boolean(doc.rollback) });
        dueAt = doc.next ? millis(doc.next.dueAt) : null;
        next.hidden = Boolean(doc.ended) || !doc.next;
        setText(what, doc.next ? text(doc.next.what) : '');
        due.replaceChildren(...(dueAt === null ? [] : ['expected at ', time(doc.next.dueAt)]));
      },
      tick(now) {
        countdown.hidden = dueAt === null || now === null;
        if (!countdown.hidden) {
          // Whole seconds still to go, so that "0 s" is never shown before the time has come.
          const left = Math.ceil((dueAt - now) / 1000) * 1000;
          setText(countdown, left > 0 ? duration(left) : 'due now');
          countdown.classList.toggle('cp-due', left <= 0);
          countdown.classList.toggle('cp-long', left >= 120000);
        }
      },
    };
  }

  /** The success rate on a scale whose middle is about the threshold: left of the mark is too little. */
  function gauge(value, threshold) {
    const least = isNumber(threshold) && threshold < 100 ? 100 - 3 * (100 - threshold) : 97;
    const x = (v) => Math.min(100, Math.max(2, 100 * (v - least) / (100 - least))) + '%';
    const low = isNumber(threshold) && isNumber(value) && value < threshold;
    return s('svg', { class: 'cp-gauge', 'aria-hidden': 'true' },
      s('rect', { class: 'cp-gauge-track', width: '100%', height: 6, y: 4, rx: 3 }),
      isNumber(value) ? s('rect', { class: 'cp-gauge-value' + (low ? ' cp-gauge-low' : ''), width: x(value), height: 6, y: 4, rx: 3 }) : null,
      isNumber(threshold) ? s('line', { class: 'cp-gauge-threshold', x1: x(threshold), x2: x(threshold), y1: 0, y2: 14 }) : null);
  }

  function sideSection(name) {
    const { node, heading, body } = card('side cp-side-' + name.toLowerCase(), name);
    heading.prepend(h('span', 'cp-swatch'));
    const show = whenChanged(({ side, criterion }) => {
      const judged = side.judged || {};
      const targets = side.targets || {};
      const tasks = side.tasks || {};
      const meaning = word(JUDGED, judged.state);
      const label = {
        UNHEALTHY: isNumber(criterion.threshold) ? 'Below ' + percent(criterion.threshold) : null,
        TOO_FEW_REQUESTS: isNumber(criterion.minRequests) ? 'Fewer than ' + count(criterion.minRequests) + ' requests' : null,
      }[judged.state];
      const some = (value, all) => (!isNumber(value) || !isNumber(all) ? DASH
        : value === 0 && all === 0 ? 'none' : h('span', null, count(value), h('span', 'cp-of', ' of ' + count(all))));
      const lacking = isNumber(targets.healthy) && targets.healthy < targets.total;
      body.replaceChildren(
        h('div', 'cp-side-top', h('div', null, h('p', 'cp-revision', revision(side)),
          h('p', 'cp-quiet', dots([side.image, digest(side.imageDigest), side.targetGroup ? 'group ' + side.targetGroup : null]))),
        status(meaning, label)),
        h('dl', 'cp-figures',
          h('div', 'cp-figure cp-figure-rate', h('dt', null, dots(['Success rate', isNumber(criterion.threshold) ? 'needs ' + percent(criterion.threshold) : null])),
            h('dd', 'cp-figure-value cp-' + meaning.tone, rate(judged.successRate, criterion.threshold)),
            h('dd', null, gauge(judged.successRate, criterion.threshold)),
            h('dd', 'cp-quiet', dots([
              isNumber(judged.requests) ? plural(judged.requests, 'request', 'requests') : null,
              isNumber(judged.errors) ? plural(judged.errors, 'error', 'errors') : null,
            ]))),
          h('div', 'cp-figure', h('dt', null, 'Healthy targets'),
            h('dd', 'cp-figure-value' + (lacking ? ' cp-warn' : ''), some(targets.healthy, targets.total)),
            isNumber(targets.healthy) && targets.total > 0 && targets.total <= 24
              ? h('dd', 'cp-pips', pips(targets.healthy, targets.total)) : null),
          h('div', 'cp-figure', h('dt', null, 'Running tasks'),
            h('dd', 'cp-figure-value', some(tasks.running, tasks.desired)),
            tasks.pending > 0 ? h('dd', 'cp-quiet', count(tasks.pending) + ' pending') : null)),
        h('ul', 'cp-plain cp-reasons', list(targets.reasons).map((reason) => h('li', null, icon('warn'), h('span', null, text(reason))))));
    });
    return {
      node,
      update(doc) {
        const side = doc[name.toLowerCase()];
        node.hidden = !side || (Boolean(doc.verdict) && doc.verdict.outcome === 'REFUSED');
        show({ side: side || {}, criterion: doc.criterion || {} });
      },
    };
  }

  function pips(healthy, total) {
    const shown = h('span', 'cp-pip-row');
    for (let i = 0; i < total; i++) {
      shown.append(h('span', i < healthy ? 'cp-pip cp-ok' : 'cp-pip cp-pip-off'));
    }
    return attr(shown, { 'aria-hidden': 'true' });
  }

  function digest(value) {
    if (typeof value !== 'string' || value === '') {
      return null;
    }
    const shown = h('span', 'cp-code', value.length > 19 ? value.slice(0, 19) + '…' : value);
    shown.title = value;
    return shown;
  }

  // -------------------------------------------------------------------------------------------------- the chart

  const TIME_STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400].map((n) => n * 1000);

  /** The weights of the steps to come, as far as the plan tells: [at, weight]. */
  function outlook(doc) {
    const points = [];
    let at = doc.next && !doc.ended && isNumber(doc.next.weight) ? millis(doc.next.dueAt) : null;
    for (const step of list(doc.plan && doc.plan.steps)) {
      if (at !== null && step.state === 'TODO' && isNumber(step.weight)) {
        points.push([at, step.weight]);
        at += 1000 * (isNumber(step.holdSeconds) ? step.holdSeconds : 0);
      }
    }
    return points;
  }

  /** What the chart draws, in milliseconds and percent. */
  function series(doc, now) {
    const period = 1000 * (doc.criterion && isNumber(doc.criterion.periodSeconds) ? doc.criterion.periodSeconds : 60);
    const weights = list(doc.weights).map((entry) => [millis(entry.at), entry.replacement])
      .filter(([at, weight]) => at !== null && isNumber(weight)).sort((a, b) => a[0] - b[0]);
    const rates = (target) => list(doc.rates).filter((entry) => entry.target === target)
      .map((entry) => [millis(entry.periodStart), isNumber(entry.successRate) ? entry.successRate : null])
      .filter(([at]) => at !== null).map(([at, value]) => [at + period / 2, value]).sort((a, b) => a[0] - b[0]);
    const end = (doc.ended ? millis(doc.endedAt) : now) || millis(doc.lastEventAt);
    const rollback = doc.rollback ? millis(doc.rollback.startedAt) : null;
    const original = rates('original');
    const replacement = rates('replacement');
    const ahead = outlook(doc);
    const times = [...weights, ...original, ...replacement].map(([at]) => at);
    // From a little before the first shift: an installation takes long, and has no rates and no weights to draw.
    const from = Math.max(millis(doc.startedAt) || 0, (times.length > 0 ? Math.min(...times) : end) - 30000);
    if (weights.length > 0 && weights[0][0] > from) {
      weights.unshift([from, 0]);
    }
    const to = Math.max(end || from, from + 60000, ...times, ...ahead.map(([at]) => at));
    const threshold = doc.criterion && isNumber(doc.criterion.threshold) ? doc.criterion.threshold : null;
    return { weights, original, replacement, ahead, end, from, to, rollback, threshold, ended: Boolean(doc.ended) };
  }

  function stairs(points, x, y, until) {
    let path = '';
    points.forEach(([at, weight], index) => {
      const to = index + 1 < points.length ? points[index + 1][0] : until;
      path += (index === 0 ? 'M' + x(at) : 'H' + x(at)) + (index === 0 ? ' ' + y(weight) : 'V' + y(weight)) + 'H' + x(Math.max(at, to));
    });
    return path;
  }

  function polyline(points, x, y) {
    let path = '';
    let pen = 'M';
    for (const [at, value] of points) {
      if (value === null) {
        pen = 'M'; // A period without requests has no rate: the line is interrupted, not drawn through.
      } else {
        path += pen + x(at) + ' ' + y(value);
        pen = 'L';
      }
    }
    return path;
  }

  function drawChart(data, width) {
    const left = 46;
    const right = width < 560 ? 12 : 92;
    const upper = { top: 32, height: 104 };
    const lower = { top: 176, height: 92 };
    const bottom = lower.top + lower.height;
    const x = (at) => (left + (width - left - right) * (at - data.from) / (data.to - data.from)).toFixed(1);
    const values = [...data.original, ...data.replacement].map(([, value]) => value).filter((value) => value !== null);
    const threshold = data.threshold;
    const lowest = Math.min(threshold === null ? 99 : threshold - (100 - threshold), ...values);
    const grain = 100 - lowest > 5 ? 1 : 0.1;
    const least = Math.max(0, Math.floor(lowest / grain + 1e-6) * grain);
    const yRate = (value) => (upper.top + upper.height * (100 - value) / (100 - least || 1)).toFixed(1);
    const yWeight = (value) => (lower.top + lower.height * (100 - value) / 100).toFixed(1);
    const line = (className, x1, y1, x2, y2) => s('line', { class: className, x1, y1, x2, y2 });
    const label = (className, at, y, anchor, words) => s('text', { class: className, x: at, y, 'text-anchor': anchor }, words);
    const root = s('svg', { class: 'cp-plot', width, height: bottom + 24, viewBox: '0 0 ' + width + ' ' + (bottom + 24), 'aria-hidden': 'true' });

    for (const value of [0, 50, 100]) {
      root.append(line('cp-grid', left, yWeight(value), width - right, yWeight(value)),
        label('cp-tick', left - 8, +yWeight(value) + 4, 'end', value + '%'));
    }
    root.append(line('cp-grid', left, yRate(100), width - right, yRate(100)), label('cp-tick', left - 8, +yRate(100) + 4, 'end', '100%'));
    if (+yRate(least) - +yRate(threshold === null ? 100 : threshold) > 14) {
      root.append(line('cp-grid', left, yRate(least), width - right, yRate(least)),
        label('cp-tick', left - 8, +yRate(least) + 4, 'end', short.format(least) + '%'));
    }
    if (threshold !== null) {
      root.append(line('cp-threshold', left, yRate(threshold), width - right, yRate(threshold)));
      if (+yRate(threshold) - +yRate(100) > 12) {
        root.append(label('cp-tick cp-tick-strong', left - 8, +yRate(threshold) + 4, 'end', short.format(threshold) + '%'));
      }
      if (width >= 560) {
        root.append(label('cp-tick', width - right, +yRate(threshold) + 14, 'end', 'threshold'));
      }
    }
    const step = TIME_STEPS.find((candidate) => (data.to - data.from) / candidate <= (width - left - right) / 72) || TIME_STEPS[TIME_STEPS.length - 1];
    for (let at = Math.ceil(data.from / step) * step; at <= data.to; at += step) {
      root.append(line('cp-grid cp-grid-time', x(at), upper.top, x(at), bottom + 4),
        label('cp-tick', x(at), bottom + 18, 'middle', (step < 60000 ? clock : clockMinutes).format(at)));
    }

    const near = data.rollback !== null && Math.abs(x(data.rollback) - x(data.end)) < 44;
    for (const [name, at, words] of [['now', data.ended ? null : data.end, near ? '' : 'now'], ['rollback', data.rollback, 'rollback']]) {
      if (at !== null && at >= data.from && at <= data.to) {
        root.append(line('cp-when cp-when-' + name, x(at), 14, x(at), bottom),
          label('cp-tick cp-when-label-' + name, x(at), 10, +x(at) > width - 40 ? 'end' : 'middle', words));
      }
    }

    if (data.weights.length > 0) {
      const path = stairs(data.weights, x, yWeight, data.end);
      const points = data.weights;
      const until = x(Math.max(data.end, points[points.length - 1][0]));
      root.append(s('path', { class: 'cp-area', d: path + 'V' + yWeight(0) + 'H' + x(points[0][0]) + 'Z' }),
        s('path', { class: 'cp-line cp-line-replacement', d: path }),
        s('circle', { class: 'cp-end', cx: until, cy: yWeight(points[points.length - 1][1]), r: 3.5 }));
    }
    if (data.ahead.length > 0) {
      const last = data.weights.length > 0 ? data.weights[data.weights.length - 1][1] : 0;
      const points = [[Math.max(data.end, data.from), last], ...data.ahead.map(([at, weight]) => [Math.max(at, data.end), weight])];
      root.append(s('path', { class: 'cp-line cp-line-ahead', d: stairs(points, x, yWeight, data.to) }));
    }
    for (const [name, points] of [['original', data.original], ['replacement', data.replacement]]) {
      root.append(s('path', { class: 'cp-line cp-line-' + name, d: polyline(points, x, yRate) }),
        points.filter(([, value]) => value !== null).length > 60 ? '' : s('g', {}, points.filter(([, value]) => value !== null).map(([at, value]) => {
          const bad = threshold !== null && value < threshold;
          const mark = name === 'original'
            ? s('rect', { class: 'cp-point cp-point-original', x: x(at) - 2.5, y: yRate(value) - 2.5, width: 5, height: 5 })
            : s('circle', { class: 'cp-point cp-point-replacement' + (bad ? ' cp-point-bad' : ''), cx: x(at), cy: yRate(value), r: bad ? 4 : 3 });
          return append(mark, [s('title', {}, name + ', ' + clock.format(at) + ': ' + rate(value, threshold))]);
        })));
    }
    if (width >= 560) {
      // The names stand beside the ends of their lines, above each other where the ends are close.
      let above = -Infinity;
      for (const [name, point] of ['original', 'replacement']
        .map((name) => [name, data[name].filter(([, value]) => value !== null).pop()])
        .filter(([, point]) => point).sort((a, b) => b[1][1] - a[1][1])) {
        above = Math.max(+yRate(point[1]) + 4, above + 14);
        root.append(label('cp-tick cp-label-' + name, +x(point[0]) + 9, above, 'start', name));
      }
    }
    if (data.weights.length > 0) {
      const [at, weight] = data.weights[data.weights.length - 1];
      const end = +x(Math.max(data.end, at));
      const inside = end > width - right - 8 && width < 560;
      root.append(label('cp-tick cp-label-replacement', inside ? end - 6 : end + 8, +yWeight(weight) - (data.ahead.length > 0 || inside ? 7 : -4),
        inside ? 'end' : 'start', percent(weight)));
    }
    root.append(label('cp-panel-name', left, upper.top - 8, 'start', 'Success rate'),
      label('cp-panel-name', left, lower.top - 8, 'start', 'Weight of the replacement'));
    return root;
  }

  function chartSection() {
    const { node, body } = card('chart', 'Success rates and weight over time');
    const planned = h('span', 'cp-key cp-key-ahead', 'planned');
    const legend = h('p', 'cp-chart-legend',
      h('span', 'cp-key cp-key-replacement', 'replacement'), h('span', 'cp-key cp-key-original', 'original'),
      h('span', 'cp-key cp-key-threshold', 'threshold'), planned);
    const plot = attr(h('div', 'cp-plot-place'), { role: 'img' });
    const rows = h('tbody');
    const table = h('details', 'cp-table-fold', h('summary', 'cp-summary-small', 'As a table'),
      attr(h('div', 'cp-table-scroll', h('table', 'cp-table', h('thead', null,
        h('tr', null, ['Time', 'What', 'Target', 'Value', 'Requests', 'Errors'].map((name) => attr(h('th', null, name), { scope: 'col' })))),
      rows)), { tabindex: 0, role: 'region', 'aria-label': 'Success rates and weights as a table' }));
    body.append(legend, plot, table);
    let doc = null;
    let now = null;
    let drawnAt = -Infinity;

    function draw() {
      const width = Math.floor(plot.clientWidth);
      if (doc === null || node.hidden || width <= 0) {
        return;
      }
      drawnAt = performance.now();
      plot.replaceChildren(drawChart(series(doc, now), Math.max(240, width)));
    }

    const showTable = whenChanged(({ weights, rates, threshold }) => {
      const lines = [
        ...weights.map((entry) => ({ at: entry.at, cells: ['weight', 'replacement', percent(entry.replacement), '', ''] })),
        ...rates.map((entry) => ({
          at: entry.periodStart,
          cells: ['success rate', text(entry.target), rate(entry.successRate, threshold), count(entry.requests), count(entry.errors)],
        })),
      ].sort((a, b) => (millis(a.at) || 0) - (millis(b.at) || 0));
      rows.replaceChildren(...lines.map(({ at, cells }) => h('tr', null, h('td', null, time(at)), cells.map((cell) => h('td', null, cell)))));
      const last = weights[weights.length - 1];
      plot.setAttribute('aria-label', 'Chart of ' + plural(weights.length, 'shift', 'shifts') + ' of traffic and '
        + plural(rates.length, 'measured period', 'measured periods')
        + (last ? '; the replacement has ' + percent(last.replacement) + ' now' : '') + '. The table below has the figures.');
    });

    const observer = new ResizeObserver(draw);
    observer.observe(plot);
    return {
      node,
      update(shown, at) {
        doc = shown;
        now = at;
        const empty = list(doc.weights).length === 0 && list(doc.rates).length === 0;
        node.hidden = empty;
        planned.hidden = outlook(shown).length === 0;
        showTable({
          weights: list(doc.weights), rates: list(doc.rates), threshold: doc.criterion ? doc.criterion.threshold : null,
        });
        draw();
      },
      tick(at, live) {
        now = at;
        if (live && performance.now() - drawnAt > 2000) {
          draw();
        }
      },
    };
  }

  // ------------------------------------------------------------------------------------------- lists of states

  function listCard(name, title, member, item, whenEmpty) {
    const { node, body } = card(name, title);
    const show = whenChanged((entries) => {
      body.replaceChildren(entries.length === 0 ? h('p', 'cp-quiet', whenEmpty || '') : h('ul', 'cp-list', entries.map(item)));
    });
    return {
      node,
      update(doc) {
        const entries = list(doc[member]);
        // Before the start an empty list only means that nobody has looked yet.
        const started = !['PLANNING', 'CHECKING'].includes(doc.phase) && !(doc.verdict && doc.verdict.outcome === 'REFUSED');
        node.hidden = entries.length === 0 && !(whenEmpty && started);
        show(entries);
      },
    };
  }

  function row(name, state, ...details) {
    return h('li', 'cp-row', h('div', 'cp-row-top', h('span', 'cp-row-name', name), state), details);
  }

  function alarmRow(alarm) {
    return row(text(alarm.name), status(word(ALARMS, alarm.state)),
      alarm.reason ? h('p', 'cp-quiet', alarm.reason) : null,
      alarm.since ? h('p', 'cp-quiet', 'since ', time(alarm.since)) : null);
  }

  function gateRow(gate) {
    return row(text(gate.name), status(word(GATES, gate.state)),
      gate.note ? h('p', null, gate.note) : null,
      h('p', 'cp-quiet', dots([gate.who ? 'by ' + gate.who : null, gate.openedAt ? h('span', null, 'opened ', time(gate.openedAt)) : null])));
  }

  function lifecycleRow(event) {
    const from = millis(event.startedAt);
    const to = millis(event.endedAt);
    const took = from !== null && to !== null ? h('span', 'cp-quiet cp-took', duration(to - from)) : null;
    return row(text(event.name), h('span', 'cp-row-end', took, status(word(LIFECYCLE, event.status))),
      event.message ? h('p', 'cp-quiet', event.message) : null);
  }

  function stoppedRow(task) {
    return row(h('span', null, text(task.target), ' ', h('span', 'cp-code', text(task.task))),
      status({ tone: 'fail', icon: 'stop', label: isNumber(task.exitCode) ? 'exit code ' + task.exitCode : 'stopped' }),
      h('p', 'cp-quiet', text(task.reason)));
  }

  function checksSection() {
    const fold = foldable('checks', 'Checks before the start');
    const show = whenChanged(({ checks, early }) => {
      const order = (check) => Math.max(0, ['WARNED', 'REFUSED'].indexOf(check.outcome) + 1);
      const by = (outcome) => checks.filter((check) => check.outcome === outcome).length;
      fold.node.hidden = checks.length === 0;
      fold.note.replaceChildren(...[['REFUSED', 'refused'], ['WARNED', 'warned'], ['PASSED', 'passed']]
        .filter(([outcome]) => by(outcome) > 0)
        .map(([outcome, label]) => status(CHECKS[outcome], by(outcome) + ' ' + label)));
      fold.body.replaceChildren(h('ul', 'cp-list', [...checks].sort((a, b) => order(b) - order(a)).map((check) => row(text(check.name), status(word(CHECKS, check.outcome)),
        check.detail ? h('p', 'cp-quiet', check.detail) : null,
        check.remedy ? h('p', 'cp-remedy', h('strong', null, 'What to do: '), check.remedy) : null))));
      fold.suggest(early || by('REFUSED') > 0);
    });
    return {
      node: fold.node,
      update: (doc) => show({ checks: list(doc.checks), early: ['PLANNING', 'CHECKING'].includes(doc.phase) }),
    };
  }

  function logSection() {
    const fold = foldable('log', 'Log');
    const lines = h('ol', 'cp-log');
    const omitted = h('p', 'cp-quiet');
    const scroll = attr(h('div', 'cp-log-scroll', omitted, lines), { tabindex: 0, role: 'region', 'aria-label': 'Log' });
    fold.body.append(scroll);
    const levels = {
      INFO: { tone: 'none', icon: 'info', label: 'INFO' },
      WARN: { tone: 'warn', icon: 'warn', label: 'WARN' },
      ERROR: { tone: 'fail', icon: 'fail', label: 'ERROR' },
    };
    const show = whenChanged((log) => {
      const atEnd = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - 4;
      const shown = log.slice(-LOG_LINES);
      setText(omitted, log.length > shown.length ? plural(log.length - shown.length, 'earlier line is', 'earlier lines are') + ' not shown' : '');
      lines.replaceChildren(...shown.map((entry) => h('li', 'cp-log-line', time(entry.at), status(word(levels, entry.level)),
        h('span', 'cp-log-text', text(entry.text)))));
      const last = log[log.length - 1];
      fold.note.replaceChildren(last ? h('span', 'cp-log-last', text(last.text)) : 'empty', h('span', 'cp-count', count(log.length)));
      if (atEnd) {
        scroll.scrollTop = scroll.scrollHeight;
      }
    });
    fold.node.addEventListener('toggle', () => {
      scroll.scrollTop = scroll.scrollHeight;
    });
    return { node: fold.node, update: (doc) => show(list(doc.log)) };
  }

  /**
   * The scrubber of a replay, on the curve of the weights. It only tells what someone does with it: `host` has open(),
   * close(), toggle(), seek(at), step(by) and pace(rate).
   */
  function replaySection(host) {
    const button = (className, name, iconName, act) => {
      const node = attr(h('button', 'cp-button ' + className, icon(iconName), h('span', 'cp-button-name', name)), { type: 'button' });
      node.addEventListener('click', act);
      return node;
    };
    const tool = (name, iconName, act) => {
      const node = attr(h('button', 'cp-button cp-tool', icon(iconName)), { type: 'button', 'aria-label': name, title: name });
      node.addEventListener('click', act);
      return node;
    };
    const open = button('cp-replay-open', 'Replay', 'play', () => host.open());
    const trouble = attr(h('p', 'cp-replay-trouble'), { role: 'alert' });
    const toggle = tool('Pause', 'pause', () => host.toggle());
    const back = tool('To the event before', 'back', () => host.step(-1));
    const forth = tool('To the next event', 'forth', () => host.step(1));
    const curve = h('div', 'cp-replay-curve');
    const slider = attr(h('input', 'cp-replay-slider'), { type: 'range', 'aria-label': 'Time of the replay', step: 1000 });
    slider.addEventListener('input', () => host.seek(Number(slider.value)));
    const where = h('p', 'cp-replay-where');
    const pace = attr(h('select', 'cp-replay-pace'), { 'aria-label': 'Pace of the replay' });
    pace.addEventListener('change', () => host.pace(Number(pace.value)));
    const close = button('cp-replay-close', 'To the end', 'skip', () => host.close());
    const controls = h('div', 'cp-replay-controls', h('div', 'cp-replay-tools', h('span', 'cp-replay-name', 'Replay'), back, toggle, forth),
      h('div', 'cp-replay-track', curve, slider), h('div', 'cp-replay-side', where, pace, close));
    const node = attr(h('div', 'cp-replay', open, trouble, controls), { role: 'group', 'aria-label': 'Replay' });
    controls.hidden = true;
    node.hidden = true;

    const draw = (recording) => {
      const span = Math.max(1, recording.to - recording.from);
      const x = (at) => (1000 * Math.min(1, Math.max(0, (at - recording.from) / span))).toFixed(1);
      const weights = list(recording.doc.weights).map((entry) => [millis(entry.at), entry.replacement])
        .filter(([at, weight]) => at !== null && isNumber(weight)).sort((a, b) => a[0] - b[0]);
      const points = [[recording.from, 0], ...weights];
      const path = stairs(points, x, (weight) => 100 - weight, recording.to);
      const rollback = recording.doc.rollback ? millis(recording.doc.rollback.startedAt) : null;
      curve.replaceChildren(s('svg', { viewBox: '0 0 1000 100', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        s('path', { class: 'cp-area', d: path + 'V100H0Z' }), s('path', { class: 'cp-line cp-line-replacement', d: path }),
        rollback === null ? null : s('line', { class: 'cp-replay-rollback', x1: x(rollback), x2: x(rollback), y1: 0, y2: 100 })));
    };
    const paces = (chosen, whole) => {
      const rates = [...new Set([1, 10, 60, whole])].sort((a, b) => a - b);
      pace.replaceChildren(...rates.map((rate) => {
        const option = attr(h('option', null, '× ' + short.format(rate)), { value: rate });
        option.selected = rate === chosen;
        return option;
      }));
    };
    return {
      node,
      available(can) {
        node.hidden = !can;
      },
      failed(words) {
        setText(trouble, words);
      },
      opened(recording, rate) {
        setText(trouble, '');
        open.hidden = true;
        controls.hidden = false;
        // A whole number of steps, or the end could not be reached.
        attr(slider, { min: recording.from, max: recording.from + 1000 * Math.ceil((recording.to - recording.from) / 1000) });
        draw(recording);
        paces(rate, rate);
        toggle.focus();
      },
      closed() {
        const held = controls.contains(document.activeElement);
        open.hidden = false;
        controls.hidden = true;
        if (held) {
          open.focus();
        }
      },
      position(recording, at, index, playing, shown) {
        slider.value = String(at);
        const name = clock.format(at) + ', ' + (PHASES[shown.phase] || text(shown.phase)) + ', '
          + percent(shown.replacement ? shown.replacement.weight : null);
        slider.setAttribute('aria-valuetext', name);
        setText(where, clock.format(at) + NBSP + '(' + duration(at - recording.from) + ' of ' + duration(recording.to - recording.from) + ')');
        const label = playing ? 'Pause' : 'Play';
        if (toggle.title !== label) {
          attr(toggle, { 'aria-label': label, title: label });
          toggle.replaceChildren(icon(playing ? 'pause' : 'play'));
        }
        back.disabled = index === 0 && at <= recording.from;
        forth.disabled = index === recording.frames.length - 1;
      },
    };
  }

  /** Tells a screen reader what changed: steps and phases when it is convenient, the verdict at once. */
  function announcer() {
    const polite = attr(h('div', 'cp-sr'), { 'aria-live': 'polite' });
    const assertive = attr(h('div', 'cp-sr'), { role: 'alert', 'aria-live': 'assertive' });
    let last = null;
    return {
      node: h('div', null, polite, assertive),
      say: (words) => setText(polite, words),
      update(doc) {
        const replacement = doc.replacement || {};
        const state = {
          phase: doc.phase, weight: replacement.weight, outcome: doc.verdict ? doc.verdict.outcome : null,
          waiting: list(doc.gates).filter((gate) => gate.state === 'WAITING').map((gate) => text(gate.name)).join(', '),
        };
        if (last !== null && state.outcome !== null && state.outcome !== last.outcome) {
          setText(assertive, word(OUTCOMES, state.outcome).label + (doc.verdict.cause ? ': ' + doc.verdict.cause : ''));
        } else if (last !== null) {
          const news = [];
          if (state.phase !== last.phase) {
            news.push(PHASES[state.phase] || text(state.phase));
          }
          if (state.weight !== last.weight && isNumber(state.weight)) {
            news.push(percent(state.weight) + ' of the traffic to ' + revision(replacement));
          }
          if (state.waiting !== last.waiting && state.waiting !== '') {
            news.push('Waiting for someone: ' + state.waiting);
          }
          if (news.length > 0) {
            setText(polite, news.join('. '));
          }
        }
        last = state;
      },
    };
  }

  // ------------------------------------------------------------------------------------------------ the poller

  /** Fetches a document again and again until told to stop; the next request is planned after an answer, never before. */
  class Poller {
    constructor(url, interval, listener) {
      this.url = url;
      this.interval = interval;
      this.listener = listener;
      this.etag = null;
      this.failures = 0;
      this.timer = null;
      this.request = null;
      this.stopped = false;
      this.wake = () => {
        if (!document.hidden) {
          this.soon();
        }
      };
      document.addEventListener('visibilitychange', this.wake);
      this.poll();
    }

    stop() {
      this.stopped = true;
      clearTimeout(this.timer);
      document.removeEventListener('visibilitychange', this.wake);
      if (this.request) {
        this.request.abort();
      }
    }

    /** Asks now, unless an answer is being waited for. */
    soon() {
      if (!this.stopped && this.request === null) {
        clearTimeout(this.timer);
        this.poll();
      }
    }

    delay() {
      const wanted = this.failures === 0 ? this.interval
        : Math.min(this.interval * 2 ** Math.min(this.failures, 10), Math.max(MOST_BACK_OFF, this.interval));
      return document.hidden ? Math.max(wanted, HIDDEN_INTERVAL) : wanted;
    }

    async poll() {
      const request = new AbortController();
      this.request = request;
      const timeout = setTimeout(() => request.abort(), REQUEST_TIMEOUT);
      let failure = null;
      try {
        await this.ask(request.signal);
      } catch (error) {
        failure = request.signal.aborted ? 'the server did not answer in time' : error.message;
      } finally {
        clearTimeout(timeout);
        this.request = null;
      }
      if (this.stopped) {
        return;
      }
      this.failures = failure === null ? 0 : this.failures + 1;
      if (failure === null) {
        this.listener.answered();
      } else {
        this.listener.failed(failure);
      }
      if (!this.stopped) {
        this.timer = setTimeout(() => this.poll(), this.delay());
      }
    }

    async ask(signal) {
      const headers = { Accept: 'application/json' };
      if (this.etag !== null) {
        headers['If-None-Match'] = this.etag;
      }
      let response;
      try {
        response = await fetch(this.url, { headers, signal, cache: 'no-store', credentials: 'same-origin' });
      } catch (cause) {
        throw new Error('the server does not answer', { cause });
      }
      const now = response.headers.get('Canary-Now');
      if (response.status === 304) {
        this.listener.unchanged(now);
        return;
      }
      if (!response.ok) {
        throw new Error('the server answered ' + response.status);
      }
      let doc;
      try {
        doc = await response.json();
      } catch (cause) {
        throw new Error('the answer is not a view document', { cause });
      }
      if (this.stopped) {
        return;
      }
      this.listener.document(doc, now);
      this.etag = response.headers.get('ETag');
    }
  }

  // ----------------------------------------------------------------------------------------------- the element

  class CanaryProgress extends HTMLElement {
    static get observedAttributes() {
      return ['src', 'data', 'interval', 'replay', 'replay-data'];
    }

    #clock = new AwsClock();
    #doc = null;
    #poller = null;
    #ticker = null;
    #lostSince = null;
    #parts = null;
    #replay = null;
    #recordings = 0;

    connectedCallback() {
      if (this.#parts === null) {
        this.#build();
      }
      this.#restart();
      this.#ticker = setInterval(() => this.#tick(), 250);
    }

    disconnectedCallback() {
      clearInterval(this.#ticker);
      this.#stop();
    }

    attributeChangedCallback(name, before, after) {
      if (this.isConnected && this.#parts !== null && before !== after) {
        this.#restart();
      }
    }

    /**
     * Shows a document. Without `now` (AWS's time, ISO-8601) the time is that of the document's last event and stands
     * still; with `version` only the entries up to that event are shown.
     */
    show(doc, { now = null, version = null } = {}) {
      if (this.#parts === null) {
        this.#build();
      }
      const problem = unreadable(doc);
      this.#problem(problem);
      if (problem !== null) {
        return;
      }
      this.#leaveReplay();
      this.#doc = doc;
      this.#parts.replay.available(Boolean(doc.ended) && (this.hasAttribute('replay') || this.hasAttribute('replay-data')));
      this.#clock.set(now || doc.lastEventAt, doc.speed, now !== null && !doc.ended);
      this.#render(doc, version);
      this.dispatchEvent(new CustomEvent('canary-update', { detail: doc, bubbles: true }));
    }

    /** Says why nothing can be shown, in place of what would be; with null shows the view again. */
    #problem(words) {
      this.#parts.problem.replaceChildren(...(words === null ? [] : [callout('fail', 'warn', words)]));
      this.#parts.waiting.hidden = true;
      this.#parts.view.hidden = words !== null;
    }

    #build() {
      const sections = {
        header: headerSection(), verdict: verdictSection(), callouts: calloutsSection(), traffic: trafficSection(),
        replacement: sideSection('Replacement'), original: sideSection('Original'), chart: chartSection(),
        alarms: listCard('alarms', 'Alarms', 'alarms', alarmRow, 'No alarm watches this deployment.'),
        gates: listCard('gates', 'Gates', 'gates', gateRow, null),
        lifecycle: listCard('lifecycle', 'Lifecycle events', 'lifecycle', lifecycleRow, null),
        stopped: listCard('stopped', 'Stopped tasks', 'stoppedTasks', stoppedRow, null),
        checks: checksSection(), log: logSection(),
      };
      const announce = announcer();
      const replay = replaySection({
        open: () => this.#openReplay(),
        close: () => {
          this.#leaveReplay();
          this.#render(this.#doc, null);
        },
        toggle: () => this.#playOrPause(),
        seek: (at) => this.#seek(at),
        step: (by) => this.#step(by),
        pace: (rate) => {
          this.#replay.rate = rate;
        },
      });
      const lost = h('div', 'cp-lost-place');
      const problem = attr(h('div', 'cp-problem'), { role: 'alert' });
      const waiting = h('p', 'cp-waiting', 'Waiting for the first answer …');
      const { header, verdict, callouts, traffic, replacement, original, chart, alarms, gates, lifecycle, stopped, checks, log } = sections;
      const view = h('div', 'cp-view', header.node, replay.node, verdict.node, callouts.node, traffic.node,
        h('div', 'cp-sides', replacement.node, original.node), chart.node,
        h('div', 'cp-columns', h('div', 'cp-column', alarms.node, gates.node, stopped.node), lifecycle.node),
        checks.node, log.node);
      view.hidden = true;
      this.replaceChildren(h('div', 'cp-root', lost, problem, waiting, view, announce.node));
      this.#parts = { sections: [...Object.values(sections), announce], announce, replay, lost, problem, waiting, view };
    }

    #restart() {
      this.#stop();
      this.#connected();
      this.#leaveReplay();
      const src = this.getAttribute('src');
      if (src !== null) {
        const interval = Number(this.getAttribute('interval') || DEFAULT_INTERVAL);
        this.#poller = new Poller(src, interval >= LEAST_INTERVAL ? interval : DEFAULT_INTERVAL, {
          document: (doc, now) => this.#received(doc, now),
          unchanged: (now) => {
            this.#clock.set(now, this.#doc && this.#doc.speed, now !== null);
            this.#tick();
          },
          answered: () => this.#connected(),
          failed: (why) => this.#disconnected(why),
        });
      } else if (this.hasAttribute('data')) {
        this.#embedded(this.getAttribute('data'));
      }
    }

    #stop() {
      if (this.#poller !== null) {
        this.#poller.stop();
        this.#poller = null;
      }
    }

    #embedded(id) {
      const holder = document.getElementById(id);
      if (holder === null && document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', () => this.#restart(), { once: true });
        return;
      }
      if (holder === null) {
        this.#problem('There is no element with the id “' + id + '” to read the deployment from.');
        return;
      }
      let doc;
      try {
        doc = JSON.parse(holder.textContent);
      } catch (error) {
        this.#problem('This is not a view document: ' + error.message);
        return;
      }
      this.show(doc);
    }

    #received(doc, now) {
      try {
        this.show(doc, { now });
      } catch (error) {
        // A fault of this script and not of the connection: polling goes on, and the fault is seen.
        this.#problem('This document could not be shown: ' + error.message);
        reportError(error);
      }
      if (unreadable(doc) !== null || doc.ended) {
        this.#stop();
        this.#connected();
      }
    }

    #connected() {
      if (this.#lostSince !== null) {
        this.#lostSince = null;
        this.#parts.lost.replaceChildren();
        this.classList.remove('cp-stale');
        this.#parts.announce.say('The connection is back');
      }
    }

    #disconnected(why) {
      if (this.#lostSince === null) {
        // The time the rest of the page is in, which is AWS's and not always this machine's.
        this.#lostSince = this.#clock.now() || Date.now();
        this.#parts.announce.say('Connection lost: ' + why);
      }
      const again = h('button', 'cp-button', 'Try now');
      again.type = 'button';
      again.addEventListener('click', () => this.#poller && this.#poller.soon());
      const since = time(new Date(this.#lostSince).toISOString());
      if (this.#parts.lost.firstChild === null) {
        this.#parts.lost.append(callout('warn', 'warn', h('span', null, 'Connection lost since ', since),
          h('p', 'cp-lost-why'), again));
      }
      setText(this.#parts.lost.querySelector('.cp-lost-why'), 'What is shown may be out of date: ' + why + '.');
      this.classList.add('cp-stale');
    }

    async #openReplay() {
      const asked = ++this.#recordings;
      const doc = this.#doc;
      let recording;
      try {
        recording = new Recording(doc, await this.#frames());
      } catch (error) {
        if (asked === this.#recordings) {
          this.#parts.replay.failed('It cannot be replayed: ' + error.message + '.');
        }
        return;
      }
      if (asked !== this.#recordings || doc !== this.#doc) {
        return; // Another document came, or another click.
      }
      const rate = Math.max(1, Math.round((recording.to - recording.from) / 1000 / REPLAY_SECONDS));
      this.#replay = { recording, rate, at: recording.from, index: -1, playing: true, since: performance.now() };
      this.#parts.replay.opened(recording, rate);
      this.#seek(recording.from);
    }

    /** The document of the frames, from where the host says it is. */
    async #frames() {
      if (this.hasAttribute('replay-data')) {
        const holder = document.getElementById(this.getAttribute('replay-data'));
        if (holder === null) {
          throw new Error('there is no element with the id “' + this.getAttribute('replay-data') + '”');
        }
        return JSON.parse(holder.textContent);
      }
      let response;
      try {
        response = await fetch(this.getAttribute('replay'), {
          headers: { Accept: 'application/json' }, credentials: 'same-origin', signal: AbortSignal.timeout(REQUEST_TIMEOUT),
        });
      } catch (cause) {
        throw new Error('the server does not answer', { cause });
      }
      if (!response.ok) {
        throw new Error('the server answered ' + response.status);
      }
      return response.json();
    }

    #leaveReplay() {
      this.#recordings++;
      if (this.#replay !== null) {
        this.#replay = null;
        this.#parts.replay.closed();
      }
      if (this.#parts !== null) {
        this.#parts.replay.failed('');
      }
    }

    #playOrPause() {
      const replay = this.#replay;
      replay.playing = !replay.playing;
      replay.since = performance.now();
      this.#seek(replay.playing && replay.at >= replay.recording.to ? replay.recording.from : replay.at);
    }

    /** To the event before or after; a replay that is stepped through does not run on by itself. */
    #step(by) {
      const { recording, at } = this.#replay;
      this.#replay.playing = false;
      const here = recording.index(at);
      // Several events can have one time: a step leaves that time behind.
      let to = here;
      while (recording.frames[to + by] && recording.frames[to].at === recording.frames[here].at) {
        to += by;
      }
      const stood = at > recording.frames[here].at;
      this.#seek(by < 0 && stood ? recording.frames[here].at : recording.frames[to].at);
    }

    #seek(at) {
      const replay = this.#replay;
      const { recording } = replay;
      replay.at = Math.min(recording.to, Math.max(recording.from, at));
      replay.since = performance.now();
      if (replay.at >= recording.to) {
        replay.playing = false;
      }
      const index = recording.index(replay.at);
      if (index !== replay.index) {
        replay.index = index;
        replay.shown = recording.document(index);
        for (const section of this.#parts.sections) {
          section.update(replay.shown, replay.at);
        }
      }
      this.#parts.replay.position(recording, replay.at, index, replay.playing, replay.shown);
      this.#tickSections(replay.at, replay.playing);
    }

    #render(doc, version) {
      const shown = asOf(doc, version);
      const now = this.#clock.now();
      for (const section of this.#parts.sections) {
        section.update(shown, now);
      }
      this.#tick();
    }

    #tick() {
      if (this.#doc === null || document.hidden) {
        return;
      }
      const replay = this.#replay;
      if (replay === null) {
        this.#tickSections(this.#clock.now(), this.#clock.running);
      } else if (replay.playing) {
        this.#seek(replay.at + (performance.now() - replay.since) * replay.rate);
      }
    }

    #tickSections(now, running) {
      for (const section of this.#parts.sections) {
        if (section.tick) {
          section.tick(now, running);
        }
      }
    }
  }

  /** Why a document cannot be shown, or null. */
  function unreadable(doc) {
    if (doc === null || typeof doc !== 'object' || !isNumber(doc.schema)) {
      return 'This is not a view document.';
    }
    if (doc.schema > SCHEMA) {
      return 'This deployment was recorded by a newer version (schema ' + doc.schema + '); this page reads schema '
        + SCHEMA + '. Reload the page, or update the program that shows it.';
    }
    return null;
  }

  customElements.define(TAG, CanaryProgress);
})();
