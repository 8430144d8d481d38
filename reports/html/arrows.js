// The relations as arrows over the table, drawn anew whenever it changes its shape.

const kRelations = {
  rf: "reads-from: from a write to who reads it",
  mo: "modification order: from a write to the next one of its variable",
  fr: "from-reads: from a read to the write that overwrites what it read",
  hb: "happens-before, of the memory orders as written; within a thread it is the order of the rows",
};

// Where on the curve the label stands, so that two do not meet.
const kLabelAt = {rf: 0.5, mo: 0.35, fr: 0.65, hb: 0.42, weak: 0.3, missing: 0.55};

class Arrows {
  constructor(container, execution, rowOf) {
    this.container = container;
    this.execution = execution;
    this.rowOf = rowOf;
    this.svg = Arrows.element("svg", {class: "arrows", "aria-hidden": "true"});
    container.append(this.svg);
  }

  static element(name, attributes) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  // `shown`: names of relations; `only`: the step whose arrows are wanted, or 0 for all.
  draw(shown, only) {
    this.svg.replaceChildren();
    // Before its size is read, since it must not hold the container open.
    this.svg.setAttribute("width", 0);
    this.svg.setAttribute("height", 0);
    this.origin = this.container.getBoundingClientRect();
    this.svg.setAttribute("width", this.container.scrollWidth);
    this.svg.setAttribute("height", this.container.scrollHeight);
    // Where the column of the sources begins; on a phone there is none.
    const source = this.container.querySelector("thead .source").getBoundingClientRect();
    this.limit = source.width > 0 ? source.left - this.origin.left + this.container.scrollLeft : Infinity;
    this.heads();
    this.used = new Map();
    const {weak} = this.execution.data;
    for (const name of Object.keys(kRelations)) {
      if (!shown.has(name)) continue;
      for (const [from, to] of this.execution.data.arrows[name]) {
        if (name === "rf" && weak && weak[0] === from && weak[1] === to) continue;  // drawn as what it is
        if (only === 0 || from === only || to === only) this.arrow(name, this.rowOf(from), this.rowOf(to), name);
      }
    }
    if (weak) this.arrow("weak", this.rowOf(weak[0]), this.rowOf(weak[1]), "does not synchronize");
    const [from, to] = this.missingRows();
    if (from && to) this.arrow("missing", from, to, "no order");
  }

  // The rows of A and B where the finding is that nothing orders these, else those of the steps.
  missingRows() {
    const {missing, unordered} = this.execution.data;
    if (!missing) return [null, null];
    const marked = [...this.container.querySelectorAll("tr.point")];
    return unordered && marked.length === 2 ? marked : missing.map((step) => this.rowOf(step));
  }

  heads() {
    const defs = Arrows.element("defs", {});
    for (const name of [...Object.keys(kRelations), "weak"]) {
      const marker = Arrows.element("marker", {
        id: `head-${name}`, class: `head ${name}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7,
        orient: "auto-start-reverse", markerUnits: "userSpaceOnUse",
      });
      marker.append(Arrows.element("path", {d: "M0 0 8 4 0 8z"}));
      defs.append(marker);
    }
    this.svg.append(defs);
  }

  box(row) {
    const card = row.querySelector(".card").getBoundingClientRect();
    const left = card.left - this.origin.left + this.container.scrollLeft;
    return {left, right: left + card.width, y: card.top - this.origin.top + this.container.scrollTop + card.height / 2};
  }

  // Several arrows at one side of one card are set a little apart.
  spread(row) {
    const count = this.used.get(row) || 0;
    this.used.set(row, count + 1);
    return [0, 4, -4, 7, -7][count % 5];
  }

  arrow(name, fromRow, toRow, label) {
    if (!fromRow || !toRow || fromRow === toRow) return;
    const from = this.box(fromRow), to = this.box(toRow);
    from.y += this.spread(fromRow);
    to.y += this.spread(toRow);
    const at = kLabelAt[name];
    let x1 = from.right + 2, x2 = to.right + 2, c1, c2;
    if (from.right < to.left || to.right < from.left) {
      const right = from.right < to.left;
      if (!right) x1 = from.left - 2;
      if (right) x2 = to.left - 2;
      const bend = Math.max(24, Math.abs(x2 - x1) / 2) * (right ? 1 : -1);
      c1 = x1 + bend;
      c2 = x2 - bend;
    } else {  // one above the other: around their right sides, or their left ones where the sources would be covered
      const bend = Math.min(34, 14 + Math.abs(to.y - from.y) / 12);
      c1 = c2 = Math.max(x1, x2) + bend;
      if (c1 > this.limit) {
        x1 = from.left - 2;
        x2 = to.left - 2;
        c1 = c2 = Math.min(x1, x2) - bend;
      }
    }
    const group = Arrows.element("g", {class: `arrow ${name}`});
    const attributes = {d: `M${x1} ${from.y}C${c1} ${from.y} ${c2} ${to.y} ${x2} ${to.y}`, fill: "none"};
    if (name !== "missing") attributes["marker-end"] = `url(#head-${name})`;
    group.append(Arrows.element("path", attributes));
    const on = (a, b, c, d) => a * (1 - at) ** 3 + 3 * b * (1 - at) ** 2 * at + 3 * c * (1 - at) * at ** 2 + d * at ** 3;
    const x = on(x1, c1, c2, x2), y = on(from.y, from.y, to.y, to.y);
    const text = Arrows.element("text", {x, y, "text-anchor": "middle", "dominant-baseline": "middle"});
    text.textContent = label;
    group.append(text);
    this.svg.append(group);
    const beyond = text.getBBox().x + text.getBBox().width - this.container.clientWidth - this.container.scrollLeft;
    if (beyond > 0 && x2 < this.container.clientWidth) text.setAttribute("x", x - beyond - 2);
  }
}
