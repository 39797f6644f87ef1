"use strict";

// The page at /_local/: asks for state every second while it is looked at and redraws the parts that have changed. Whatever
// comes from the document goes into the page as text.
(() => {
  const EVERY_MS = 1000;
  const drawn = new Map();
  let etag = null;

  /** An element with a class and children: elements or text. */
  function el(name, className, ...children) {
    const node = document.createElement(name);
    if (className) {
      node.className = className;
    }
    for (const child of children) {
      if (child !== null && child !== undefined && child !== "") {
        node.append(child instanceof Node ? child : document.createTextNode(String(child)));
      }
    }
    return node;
  }

  /** What the AWS CLI calls services that sign with another name. */
  const CLI_NAMES = { elasticloadbalancing: "elbv2", monitoring: "cloudwatch" };

  function time(millis) {
    return new Date(millis).toISOString().slice(11, 19);
  }

  const GOOD = ["ACTIVE", "PRIMARY", "RUNNING", "HEALTHY", "healthy", "OK", "Succeeded", "COMPLETED", "STEADY_STATE", "active"];
  const BAD = ["UNHEALTHY", "unhealthy", "ALARM", "Failed", "FAILED", "Stopped"];

  /** A state in a word; its colour only repeats it. */
  function state(word) {
    if (!word) {
      return null;
    }
    const kind = GOOD.includes(word) ? "good" : BAD.includes(word) ? "bad" : "other";
    return el("span", "state " + kind, word);
  }

  /** Of a stack or one of its resources, by the words that AWS makes such states of. */
  function stackState(word) {
    const kind = /FAILED|ROLLBACK/.test(word) ? "bad" : word.endsWith("_COMPLETE") ? "good" : "other";
    return el("span", "state " + kind, word);
  }

  /** A head that begins with # is that of a column of numbers. */
  function table(heads, rows) {
    const head = el("tr");
    heads.forEach((text) => {
      const number = text.startsWith("#");
      const th = el("th", number ? "number" : "", number ? text.slice(1) : text);
      th.scope = "col";
      head.append(th);
    });
    return el("div", "scroll", el("table", "", el("thead", "", head), el("tbody", "", ...rows)));
  }

  function row(className, ...cells) {
    return el("tr", className, ...cells.map((cell) => (cell instanceof HTMLTableCellElement ? cell : el("td", "", cell))));
  }

  function cell(className, ...children) {
    return el("td", className, ...children);
  }

  function none(text) {
    return el("p", "none", text);
  }

  function services(clusters) {
    if (!clusters.length) {
      return [none("No cluster.")];
    }
    return clusters.flatMap((cluster) => [
      ...cluster.services.map((service) => serviceCard(cluster, service)),
      ...others(cluster),
      cluster.stopped.length
        ? el(
            "details",
            "",
            el("summary", "", "Tasks of " + cluster.name + " that stopped lately"),
            table(["Task", "Revision", "Why"], cluster.stopped.map((task) =>
              row("", el("code", "", task.id.slice(0, 8)), task.taskDefinition, task.stoppedReason))))
        : null,
    ].filter(Boolean));
  }

  function serviceCard(cluster, service) {
    const tasks = cluster.tasks.filter((task) => task.group === "service:" + service.name);
    const sets = service.taskSets.map((set) =>
      row(
        "",
        cell("", el("code", "", set.id), " ", state(set.status)),
        set.taskDefinition,
        cell("number", set.running + " of " + set.desired),
        set.targetGroup,
        state(set.stability)));
    const deployments = service.deployments.map((deployment) =>
      row(
        "",
        cell("", el("code", "", deployment.id), " ", state(deployment.status)),
        deployment.taskDefinition,
        cell("number", deployment.running + " of " + deployment.desired),
        deployment.failed ? deployment.failed + " failed" : "",
        cell("", state(deployment.rollout), " ", deployment.reason)));
    return el(
      "article",
      "",
      el("h3", "", cluster.name + "/" + service.name, " ", state(service.status)),
      el("p", "quiet", service.controller, " · ", service.running, " tasks run, ", service.desired, " wanted",
        service.pending ? ", " + service.pending + " pending" : "", service.taskDefinition ? " · " + service.taskDefinition : ""),
      sets.length ? table(["Task set", "Revision", "#Tasks", "Target group", ""], sets) : null,
      deployments.length ? table(["Deployment", "Revision", "#Tasks", "", "Rollout"], deployments) : null,
      tasks.length ? taskTable(tasks) : null);
  }

  function others(cluster) {
    const names = cluster.services.map((service) => "service:" + service.name);
    const tasks = cluster.tasks.filter((task) => !names.includes(task.group));
    return tasks.length ? [el("article", "", el("h3", "", cluster.name + ": tasks of no service"), taskTable(tasks))] : [];
  }

  function taskTable(tasks) {
    return table(["Task", "Revision", "Status", "Address", "Started by"], tasks.map((task) =>
      row(
        "",
        el("code", "", task.id.slice(0, 8)),
        task.taskDefinition,
        cell("", state(task.status), " ", task.health === "UNKNOWN" ? null : state(task.health)),
        el("code", "", task.address),
        el("code", "", task.startedBy))));
  }

  function balancers(all) {
    return all.length ? all.map((balancer) =>
      el(
        "article",
        "",
        el("h3", "", balancer.name, " ", state(balancer.state)),
        ...balancer.listeners.map(listener))) : [none("No load balancer.")];
  }

  function listener(each) {
    const link = el("a", "", each.address.replace("http://", ""));
    link.href = each.address;
    link.rel = "noreferrer";
    return el(
      "div",
      "listener",
      el("h4", "", each.protocol + " " + each.port, " → ", link),
      ...each.rules.map(rule));
  }

  function rule(each) {
    const all = each.forwards.reduce((sum, forward) => sum + forward.weight, 0);
    return el(
      "div",
      "rule",
      each.priority === "default" && !each.when ? null : el("p", "quiet", each.priority + ": " + each.when),
      each.action ? el("p", "", each.action) : null,
      ...each.forwards.map((forward) => {
        const share = all ? Math.round((forward.weight * 100) / all) : 0;
        const meter = el("meter", "");
        meter.max = 100;
        meter.value = share;
        meter.title = "weight " + forward.weight;
        return el("div", "share", el("span", "", forward.targetGroup), meter, el("b", "", share + " %"));
      }));
  }

  function groups(all) {
    return all.length ? all.map((group) =>
      el(
        "article",
        "",
        el("h3", "", group.name),
        el("p", "quiet", group.healthCheckPath, " every ", group.healthCheckSeconds, " s"),
        group.targets.length
          ? table(["Target", "Health"], group.targets.map((target) =>
              row("", el("code", "", target.address), cell("", state(target.state), target.reason ? " " + target.reason : ""))))
          : none("No target."))) : [none("No target group.")];
  }

  function alarms(all) {
    return all.length
      ? [table(["Alarm", "State", "Since"], all.map((alarm) => {
          const name = cell("", alarm.name);
          name.title = alarm.reason;
          return row("", name, state(alarm.state), time(alarm.since));
        }))]
      : [none("No alarm.")];
  }

  function deployments(all) {
    return all.length ? all.map((each) =>
      el(
        "article",
        "",
        el("h3", "", el("code", "", each.id), " ", state(each.status)),
        el("p", "quiet", each.group, " · ", each.creator, " · ", time(each.createdAt),
          each.completedAt ? " to " + time(each.completedAt) : ""),
        each.message ? el("p", "", each.message) : null,
        el("ol", "events", ...each.events.map((event) => {
          const item = el("li", event.status.toLowerCase(), event.name);
          item.append(el("span", "quiet", " " + event.status));
          return item;
        })))) : [none("No deployment.")];
  }

  function stacks(all) {
    return all.length ? all.map((stack) =>
      el(
        "article",
        "",
        el("h3", "", stack.name, " ", stackState(stack.status)),
        el("p", "quiet", stack.complete, " of ", stack.resources, " resources are there"),
        stack.reason ? el("p", "", stack.reason) : null,
        stack.failed.length
          ? table(["Failed", "Why"], stack.failed.map((each) => row("", each.resource, cell("text", each.reason))))
          : null,
        stack.event
          ? el("p", "quiet", "last: ", time(stack.event.at), " ", stack.event.resource, " ", stack.event.status,
              stack.event.reason ? ": " + stack.event.reason : "")
          : null)) : [none("No stack.")];
  }

  function faults(all) {
    return all.length
      ? [table(["Fault", "#Asked", "#Fired"], all.map((fault) =>
          row("", el("code", "", fault.text), cell("number", fault.matched), cell("number", fault.fired))))]
      : [none("None.")];
  }

  function calls(recent) {
    return recent.last.length
      ? [table(["Time", "", "Call", "#Took", "Error or fault", "By"], recent.last.map((call) =>
          row(
            call.status === 0 || call.status >= 400 ? "wrong" : "",
            time(call.at),
            call.status === 0 ? "cut" : call.status,
            (CLI_NAMES[call.service] || call.service) + ":" + call.operation,
            cell("number", (call.micros / 1000).toFixed(call.micros < 10000 ? 1 : 0) + " ms"),
            cell("", call.error, call.error ? " " : null, call.fault ? el("span", "state other", call.fault) : null),
            el("code", "", call.accessKeyId))))]
      : [none("None yet.")];
  }

  /** Redraws a section if what it shows has changed, keeping what was scrolled and unfolded. */
  function draw(id, data, content) {
    const text = JSON.stringify(data);
    if (drawn.get(id) === text) {
      return;
    }
    drawn.set(id, text);
    const body = document.querySelector("#" + id + " > div");
    const scrolled = [...body.querySelectorAll(".scroll")].map((box) => [box.scrollLeft, box.scrollTop]);
    const open = [...body.querySelectorAll("details")].map((details) => details.open);
    body.replaceChildren(...content(data));
    body.querySelectorAll(".scroll").forEach((box, i) => {
      if (scrolled[i]) {
        [box.scrollLeft, box.scrollTop] = scrolled[i];
      }
    });
    body.querySelectorAll("details").forEach((details, i) => {
      details.open = Boolean(open[i]);
    });
  }

  function trouble(text) {
    const line = document.getElementById("trouble");
    if (line.textContent !== text) {
      line.textContent = text;
    }
    line.hidden = !text;
  }

  async function look() {
    const answer = await fetch("state", { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
    const now = Number(answer.headers.get("Local-Now"));
    if (answer.status === 304) {
      document.getElementById("now").textContent = clock(now);
      return;
    }
    if (!answer.ok) {
      throw new Error("HTTP " + answer.status);
    }
    const state = await answer.json();
    etag = answer.headers.get("ETag");
    document.getElementById("now").textContent = clock(now);
    document.getElementById("about").textContent =
      "account " + state.account + " · " + state.region + " · " + location.origin +
      (state.speed === 1 ? "" : " · clock × " + state.speed);
    draw("services", state.clusters, services);
    draw("balancers", state.loadBalancers, balancers);
    draw("groups", state.targetGroups, groups);
    draw("deployments", state.deployments, deployments);
    draw("stacks", state.stacks, stacks);
    draw("alarms", state.alarms, alarms);
    draw("faults", state.faults, faults);
    draw("calls", state.calls, calls);
    trouble(state.problems.join(" · "));
  }

  function clock(millis) {
    return new Date(millis).toISOString().slice(0, 19).replace("T", " ") + " UTC";
  }

  async function forever() {
    for (;;) {
      if (!document.hidden) {
        try {
          await look();
        } catch (e) {
          trouble("local-aws does not answer: " + e.message);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  forever();
})();
