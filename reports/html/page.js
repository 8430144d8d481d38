// The cursor: which step it is at, what moves it, what it changes on the page.

class Page {
  constructor() {
    this.execution = new Execution(JSON.parse(document.getElementById("run").textContent));
    this.container = document.querySelector(".lanes");
    this.rows = new Map();
    for (const row of this.container.querySelectorAll("tr[data-step]")) this.rows.set(Number(row.dataset.step), row);
    this.steps = [...this.rows.keys()].sort((a, b) => a - b);
    this.shown = new Set(["rf"]);
    this.all = false;
    this.turn = 1;
    if (this.steps.length === 0) return;
    this.arrows = new Arrows(this.container, this.execution, (step) => this.rows.get(step));
    this.panel = new Panel(this.execution, {
      first: () => this.go(this.steps[0]),
      last: () => this.go(this.steps[this.steps.length - 1]),
      next: () => this.move(1),
      previous: () => this.move(-1),
      toggle: (name) => this.toggle(name),
      toggleAll: () => this.toggle("all"),
    });
    document.querySelector("main").append(this.panel.element);
    document.body.classList.add("live");
    this.listen();
    this.fromHash() || this.go(this.nearest(this.execution.data.cursor), false);
  }

  // The step itself if it has a row, else the one before it that has.
  nearest(step) {
    return this.steps.filter((other) => other <= step).pop() || this.steps[0];
  }

  go(step, scroll = true) {
    if (!this.rows.has(step)) return;
    if (this.step) {
      this.rows.get(this.step).classList.remove("cursor");
      this.rows.get(this.step).removeAttribute("aria-current");
    }
    this.step = step;
    const row = this.rows.get(step);
    row.classList.add("cursor");
    row.setAttribute("aria-current", "step");
    if (scroll) row.scrollIntoView({block: "nearest", inline: "nearest"});
    this.panel.show(step, row, this.turn);
    this.redraw();
  }

  // Behind the last step of a lasso's cycle comes its first.
  move(by) {
    const at = this.steps.indexOf(this.step) + by;
    const {cycle} = this.execution.data;
    if (at < 0) return;
    if (at < this.steps.length) {
      if (cycle && by < 0 && this.step === this.nearest(cycle[0])) this.turn = 1;
      this.go(this.steps[at]);
    } else if (cycle && this.rows.has(cycle[0])) {
      ++this.turn;
      this.go(cycle[0]);
    }
  }

  moveInThread(by) {
    const own = this.steps.filter((step) => this.execution.thread(step) === this.execution.thread(this.step));
    const step = own[own.indexOf(this.step) + by];
    if (step) this.go(step);
  }

  toggle(name) {
    if (name === "all") {
      this.all = !this.all;
    } else if (!this.shown.delete(name)) {
      this.shown.add(name);
    }
    this.redraw();
  }

  redraw() {
    for (const name of Object.keys(kRelations)) this.panel.toggles.get(name).checked = this.shown.has(name);
    this.panel.toggles.get("all").checked = this.all;
    const hb = this.shown.has("hb");
    const before = hb ? this.execution.ordered(this.step, false) : null;
    const after = hb ? this.execution.ordered(this.step, true) : null;
    for (const [step, row] of this.rows) {
      row.classList.toggle("hb-before", hb && before.has(step));
      row.classList.toggle("hb-after", hb && after.has(step));
      row.classList.toggle("hb-neither", hb && step !== this.step && !before.has(step) && !after.has(step));
    }
    this.arrows.draw(this.shown, this.all ? 0 : this.step);
  }

  fromHash() {
    const match = /^#step-(\d+)$/.exec(window.location.hash);
    if (!match || !this.rows.has(Number(match[1]))) return false;
    this.turn = 1;
    this.go(Number(match[1]));
    return true;
  }

  listen() {
    window.addEventListener("hashchange", () => this.fromHash());
    window.addEventListener("resize", () => this.redraw());
    window.addEventListener("load", () => this.redraw());
    this.container.addEventListener("click", (event) => {
      const row = event.target.closest("tr[data-step]");
      if (!row || event.target.closest("a") || String(window.getSelection())) return;
      this.turn = 1;
      this.go(Number(row.dataset.step));
    });
    // A link to the step where the cursor was last leads there again.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#step-']");
      if (link && link.hash === window.location.hash) this.fromHash();
    });
    document.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;  // the browser's own
    const names = Object.keys(kRelations);
    const point = (i) => this.execution.data.points[i] && this.go(this.nearest(this.execution.data.points[i]));
    const actions = {
      ArrowDown: () => this.move(1), j: () => this.move(1),
      ArrowUp: () => this.move(-1), k: () => this.move(-1),
      ArrowRight: () => this.moveInThread(1), l: () => this.moveInThread(1),
      ArrowLeft: () => this.moveInThread(-1), h: () => this.moveInThread(-1),
      Home: () => this.go(this.steps[0]), End: () => this.go(this.steps[this.steps.length - 1]),
      a: () => point(0), b: () => point(1),
      0: () => this.toggle("all"),
    };
    names.forEach((name, i) => { actions[i + 1] = () => this.toggle(name); });
    if (!Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  }
}

new Page();
