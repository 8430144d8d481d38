// What stands beside the rows: where the cursor is, the state there, the arrows that are shown, the source.

// An element: node("td", {class: "value"}, "text", child, ...). Text is text, never markup.
function node(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const kKeys = [
  ["↓ j  ↑ k", "next, previous step"],
  ["→ l  ← h", "next, previous step of the same thread"],
  ["Home  End", "first, last step"],
  ["a  b", "go to A, to B"],
  ["1 2 3 4", "show or hide rf, mo, fr, hb"],
  ["0", "arrows of all steps, or of this one alone"],
];

class Panel {
  constructor(execution, actions) {
    this.execution = execution;
    this.where = node("output", {class: "where", "aria-live": "polite"});
    this.what = node("p", {class: "what"});
    this.state = node("tbody");
    this.threads = node("ul", {class: "threads"});
    this.excerpt = node("pre", {class: "excerpt"});
    this.excerptName = node("p", {class: "excerpt-name"});
    this.toggles = new Map();
    const button = (text, title, action) => {
      const element = node("button", {type: "button", title, "aria-label": title}, text);
      element.addEventListener("click", action);
      return element;
    };
    const controls = node("div", {class: "controls"},
        button("|◀", "first step (Home)", actions.first), button("◀", "previous step (↑)", actions.previous), this.where,
        button("▶", "next step (↓)", actions.next), button("▶|", "last step (End)", actions.last));
    const toggles = node("div", {class: "toggles", role: "group", "aria-label": "arrows"});
    Object.entries(kRelations).forEach(([name, meaning], i) => {
      toggles.append(this.toggle(name, `${meaning} (key ${i + 1})`, () => actions.toggle(name)));
    });
    toggles.append(this.toggle("all", "of all steps, not of this one alone (key 0)", actions.toggleAll));
    const heads = ["variable", "value", "written by"];
    if (execution.data.knowledge) heads.push("still readable");
    const head = node("tr", {}, ...heads.map((text) => node("th", {scope: "col"}, text)));
    const table = node("table", {class: "state"}, node("thead", {}, head), this.state);
    const keys = node("dl", {}, ...kKeys.flatMap(([key, what]) => [node("dt", {}, key), node("dd", {}, what)]));
    const help = node("details", {class: "keys"}, node("summary", {}, "Keys"), keys);
    this.element = node("aside", {id: "cursor", "aria-label": "At the cursor"},
        controls, toggles, this.what, table, this.threads, this.excerptName, this.excerpt, help);
  }

  toggle(name, title, action) {
    const box = node("input", {type: "checkbox"});
    box.addEventListener("change", () => {
      action();
      box.blur();  // the keys are the page's again
    });
    this.toggles.set(name, box);
    return node("label", {class: name, title}, box, name);
  }

  // `row`: the cursor's; `turn`: of a lasso's cycle.
  show(step, row, turn) {
    const {execution} = this;
    const {data} = execution;
    this.where.textContent = `step ${step} of ${execution.count}` + (turn > 1 ? `, turn ${turn}` : "");
    const card = row.querySelector(".card").cloneNode(true);
    this.what.replaceChildren(card);
    this.state.replaceChildren(...data.locations.map((_, location) => this.stateRow(location, step)));
    this.threads.replaceChildren(...data.threads.map((name, thread) => this.threadItem(name, thread, step, row)));
    this.showSource(row);
  }

  stateRow(location, step) {
    const {execution} = this;
    const {data} = execution;
    const place = execution.newest(location, step);
    const touched = execution.location(step) === location;
    const wrote = touched && data.steps[step - 1][2] >= 0;
    const value = node("td", {class: "value"}, execution.value(location, place));
    const row = node("tr", {class: wrote ? "wrote" : touched ? "read" : ""},
        node("th", {scope: "row"}, data.locations[location].name), value,
        node("td", {class: "writer"}, execution.writer(location, place)));
    if (data.knowledge) {
      const readers = [];
      data.threads.forEach((name, thread) => {
        if (!this.mayRead(name, thread, step)) return;
        const places = execution.mayStillRead(thread, location, step);
        const values = [...new Set(places.map((older) => execution.value(location, older)))];
        if (places.length > 0) readers.push(`${name}: ${values.slice(-4).join(", ")}`);
      });
      row.append(node("td", {class: "older"}, readers.join("; ")));
    }
    return row;
  }

  // Whether there is any point in saying what the thread may read: not if it has ended; and after() learns of all that
  // came before when it begins.
  mayRead(name, thread, step) {
    const steps = this.execution.byThread[thread];
    if (name === "after" && steps[0] > step) return false;
    return steps.some((own) => own > step) || document.querySelector(`tr.end[data-thread="${thread}"]`) !== null;
  }

  // Where each thread is: its last step, and its last note; behind its last step, what it waits for.
  threadItem(name, thread, step, cursor) {
    const steps = this.execution.byThread[thread];
    const last = steps.filter((own) => own <= step).pop();
    let note = "", from = cursor;
    while (from.nextElementSibling && from.nextElementSibling.classList.contains("mark")) from = from.nextElementSibling;
    for (let row = from; row && !note; row = row.previousElementSibling) {
      if (row.classList.contains("mark") && Number(row.dataset.thread) === thread) {
        note = row.querySelector(".words").textContent;
      }
    }
    const {cycle} = this.execution.data;
    const next = steps.find((own) => own > step) || (cycle && steps.find((own) => own >= cycle[0]));
    const at = last ? `after step ${last}` : "not begun";
    const end = next ? null : document.querySelector(`tr.end[data-thread="${thread}"]`);
    const then = next ? `, next is step ${next}` : end || !last ? "" : ", at its end";
    const item = node("li", {class: `t${thread % 6}`}, node("b", {}, name), ` ${at}${then} `, node("span", {class: "note"}, note));
    if (end) item.append(" ", node("span", {class: end.className}, end.querySelector(".words").textContent));
    return item;
  }

  showSource(row) {
    const place = row.querySelector(".place");
    this.excerptName.textContent = place ? place.textContent : "";
    this.excerpt.replaceChildren();
    const id = place && place.hash ? place.hash.slice(1) : "";
    const spoken = id ? document.getElementById(id) : null;
    this.excerpt.hidden = !spoken;
    if (!spoken) return;
    const lines = [spoken];
    const grow = (next, add) => {
      for (let line = next(spoken), n = 0; line && n < 3 && line.classList.contains("line"); line = next(line), ++n) {
        add(line);
      }
    };
    grow((line) => line.previousElementSibling, (line) => lines.unshift(line));
    grow((line) => line.nextElementSibling, (line) => lines.push(line));
    for (const line of lines) {
      const copy = line.cloneNode(true);
      copy.removeAttribute("id");
      copy.className = line === spoken ? "line here" : "line";
      this.excerpt.append(copy, "\n");
    }
  }
}
