// What the page knows of the execution, asked by step: what the variables hold, what a thread may still read of them,
// what happens before what. The data is described in data.h.

class Execution {
  constructor(data) {
    this.data = data;
    this.count = data.steps.length;
    this.byThread = data.threads.map(() => []);
    data.steps.forEach(([thread], i) => this.byThread[thread].push(i + 1));
  }

  thread(step) { return this.data.steps[step - 1][0]; }
  location(step) { return this.data.steps[step - 1][1]; }

  // The place in modification order of the newest write among the first `step` steps.
  newest(location, step) {
    const writes = this.data.locations[location].writes;
    for (let place = writes.length - 1; place > 0; --place) {
      if (writes[place][0] <= step) return place;
    }
    return 0;
  }

  // The place behind which `thread` cannot read any more, after its last step up to `step`.
  known(thread, location, step) {
    let known = 0;
    for (const own of this.byThread[thread]) {
      if (own > step) break;
      for (const [where, place] of this.data.steps[own - 1][4]) {
        if (where === location) known = place;
      }
    }
    return known;
  }

  // The places of older values that nothing keeps `thread` from reading, oldest first.
  mayStillRead(thread, location, step) {
    if (!this.data.knowledge) return [];
    const writes = this.data.locations[location].writes;
    const places = [];
    for (let place = this.known(thread, location, step); place < this.newest(location, step); ++place) {
      if (writes[place][0] <= step) places.push(place);
    }
    return places;
  }

  value(location, place) { return this.data.locations[location].writes[place][1]; }

  // "T0:3", or "init".
  writer(location, place) {
    const step = this.data.locations[location].writes[place][0];
    return step === 0 ? "init" : `${this.data.threads[this.thread(step)]}:${step}`;
  }

  // The steps that happen before `step` (`forward`: after it).
  ordered(step, forward) {
    const next = new Map();
    const add = (from, to) => next.has(from) ? next.get(from).push(to) : next.set(from, [to]);
    for (const [from, to] of this.data.arrows.hb) forward ? add(from, to) : add(to, from);
    for (const steps of this.byThread) {
      for (let i = 1; i < steps.length; ++i) forward ? add(steps[i - 1], steps[i]) : add(steps[i], steps[i - 1]);
    }
    const found = new Set();
    const todo = [step];
    while (todo.length > 0) {
      for (const other of next.get(todo.pop()) || []) {
        if (!found.has(other)) {
          found.add(other);
          todo.push(other);
        }
      }
    }
    found.delete(step);
    return found;
  }
}
