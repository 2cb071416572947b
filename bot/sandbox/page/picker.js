// How one of many, or some of many, are chosen: a button that opens a list which can be filtered and used by keyboard.

import { fill, h, icon, openBeside } from "/static/dom.js";

let serial = 0;

/**
 * options: [{value, label, hint?, group?}]. `onPick` gets the value of a single choice at once, the list of a multiple
 * choice when the list is closed; `onChange` hears of every change in between.
 */
export function picker({ options, value, multiple = false, placeholder, label, max, props = {}, onPick, onChange = () => {} }) {
  let chosen = new Set(multiple ? value ?? [] : value ? [value] : []);
  const name = `picker-${serial += 1}`;
  const shown = h("span.picker-value");
  const button = h("button.picker", {
    type: "button", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-label": label, ...props,
    onclick: () => open(),
    onkeydown: (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); open(); }
    },
  }, shown, icon("down"));
  const holder = h("span.picker-holder", null, button);
  const labelOf = (each) => options.find((option) => option.value === each)?.label ?? each;

  function show() {
    const picked = [...chosen];
    button.classList.toggle("empty", picked.length === 0);
    if (!picked.length) fill(shown, placeholder || "Choose…");
    else if (!multiple) fill(shown, labelOf(picked[0]));
    else fill(shown, picked.map((each) => h("span.chip", null, labelOf(each))));
    const said = picked.map(labelOf).join(", ") || placeholder || "nothing chosen";
    button.setAttribute("aria-label", label ? `${label}: ${said}` : said);
  }

  function open() {
    const before = JSON.stringify([...chosen]);
    let active = 0, visible = options;
    const list = h("ul.picker-list", { role: "listbox", id: name, "aria-label": label || placeholder || "Choices", "aria-multiselectable": multiple ? "true" : undefined, tabindex: "-1" });
    const filter = h("input.picker-filter", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": name, "aria-autocomplete": "list",
      "aria-label": `Filter ${label || "choices"}`, placeholder: "Type to filter", autocomplete: "off", spellcheck: "false",
    });
    const popover = h("div.picker-popover", { popover: "auto" }, filter, list);

    const choose = (option) => {
      if (!option) return;
      if (multiple) {
        if (chosen.has(option.value)) chosen.delete(option.value);
        else if (!max || chosen.size < max) chosen.add(option.value);
        onChange([...chosen]);
        show();
        draw();
        return;
      }
      chosen = new Set([option.value]);
      show();
      button.focus();
      popover.hidePopover();
      onChange(option.value);
      onPick?.(option.value);
    };

    function draw() {
      const wanted = filter.value.trim().toLowerCase();
      visible = options.filter((option) => `${option.label} ${option.hint ?? ""}`.toLowerCase().includes(wanted));
      active = Math.max(0, Math.min(active, visible.length - 1));
      let group;
      const items = [];
      visible.forEach((option, number) => {
        if (option.group !== group) items.push(h("li.picker-group", { role: "presentation" }, group = option.group));
        items.push(h(`li.picker-option${number === active ? ".active" : ""}`, {
          role: "option", id: `${name}-${number}`, "data-value": option.value, "aria-selected": String(chosen.has(option.value)),
          onpointerdown: (event) => event.preventDefault(),
          onclick: () => { active = number; choose(option); },
        }, h("span.tick", { "aria-hidden": "true" }, chosen.has(option.value) ? "✓" : ""), h("span", null, option.label), option.hint && h("small", null, option.hint)));
      });
      fill(list, items.length ? items : h("li.picker-none", { role: "presentation" }, "Nothing fits"));
      if (visible.length) filter.setAttribute("aria-activedescendant", `${name}-${active}`);
      else filter.removeAttribute("aria-activedescendant");
      list.querySelector(".active")?.scrollIntoView({ block: "nearest" });
    }

    filter.addEventListener("input", () => { active = 0; draw(); });
    filter.addEventListener("keydown", (event) => {
      const to = { ArrowDown: active + 1, ArrowUp: active - 1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        active = visible.length ? (to + visible.length) % visible.length : 0;
        draw();
      } else if (event.key === "Enter") {
        event.preventDefault();
        choose(visible[active]);
      } else if (event.key === "Escape" || event.key === "Tab") {
        event.preventDefault();
        event.stopPropagation();
        button.focus();
        popover.hidePopover();
      }
    });
    popover.addEventListener("toggle", (event) => {
      if (event.newState !== "closed") return;
      button.setAttribute("aria-expanded", "false");
      popover.remove();
      if (multiple && JSON.stringify([...chosen]) !== before) onPick?.([...chosen]);
    });
    holder.append(popover);
    button.setAttribute("aria-expanded", "true");
    if (!multiple) active = Math.max(0, options.findIndex((option) => chosen.has(option.value)));
    draw();
    openBeside(popover, button);
    filter.focus();
  }

  show();
  return holder;
}
