// How Block Kit is shown, and what a press or a choice in it says.
//
// A surface is where blocks stand: {kind: "message"|"modal"|"home", act(block, element, value), values: Map}. `values` keeps what was
// chosen or typed, by block_id and action_id, so that it is still there when the blocks are drawn again.

import { confirmed, fill, h, icon, iconButton, link, openMenu, safeUrl } from "/static/dom.js";
import { picker } from "/static/picker.js";
import { S, channelName, fileUrl, inZone } from "/static/store.js";
import { markdown, plain, richText, textObject, words } from "/static/text.js";

const keyOf = (block, element) => `${block.block_id ?? ""}\u0000${element.action_id ?? ""}`;

export function renderBlocks(blocks, surface) {
  return (blocks ?? []).map((block) => renderBlock(block, surface));
}

export function renderBlock(block, surface) {
  const wrap = (...inside) => h(`div.block.block-${String(block.type).replace(/[^a-z_]/g, "")}`, { "data-block-id": block.block_id }, ...inside);
  switch (block.type) {
    case "section": return wrap(
      h("div.section-text", null,
        block.text && h("div", null, textObject(block.text)),
        block.fields && h("div.fields", null, block.fields.map((field) => h("div", null, textObject(field))))),
      block.accessory && h("div.accessory", null, renderElement(block, block.accessory, surface)));
    case "header": return wrap(h("h3", null, plain(block.text?.text)));
    case "context": return wrap((block.elements ?? []).map((each) => (each.type === "image" ? picture(each, true) : h("span.context-text", null, textObject(each)))));
    case "divider": return wrap(h("hr"));
    case "actions": return wrap((block.elements ?? []).map((each) => renderElement(block, each, surface)));
    case "image": return wrap(block.title && h("div.image-title", null, textObject(block.title)), picture(block, false));
    case "input": return inputBlock(block, surface, wrap);
    case "rich_text": return wrap(richText(block));
    case "markdown": return wrap(markdown(block.text));
    case "table": return wrap(table(block));
    default: return wrap(unsupported(block));
  }
}

function unsupported(part) {
  return h("details.unsupported", null,
    h("summary", null, `The local Slack does not draw “${part.type ?? "?"}”. Its JSON:`),
    h("pre", null, JSON.stringify(part, null, 2)));
}

function table(block) {
  const settings = block.column_settings ?? [];
  const cell = (content, column, tag) => {
    const { align = "left", is_wrapped: wrapped = false } = settings[column] ?? {};
    const inside = content?.type === "rich_text" ? richText(content) : plain(content?.text ?? "");
    return h(`${tag}.align-${align}${wrapped ? ".wrapped" : ""}`, { scope: tag === "th" ? "col" : undefined }, inside);
  };
  const [head, ...rows] = block.rows ?? [];
  return h("div.table-scroll", { tabindex: "0", role: "group", "aria-label": "Table" }, h("table", null,
    head && h("thead", null, h("tr", null, head.map((each, n) => cell(each, n, "th")))),
    h("tbody", null, rows.map((row) => h("tr", null, row.map((each, n) => cell(each, n, "td")))))));
}

function picture(part, small) {
  const alt = words(part.alt_text);
  const own = part.slack_file?.id ?? (part.slack_file?.url ? idInside(part.slack_file.url) : null) ?? ownFile(part.image_url);
  if (own && small) return h("img.context-image", { src: fileUrl(own), alt, title: alt, loading: "lazy" });
  if (own) return h("a.image-link", { href: fileUrl(own), target: "_blank", rel: "noopener", "aria-label": "Open the picture" },
    h("img.block-image", { src: fileUrl(own), alt, title: alt, loading: "lazy" }));
  if (small) return h("span.context-image.blank", { role: "img", "aria-label": alt, title: alt });
  return h("div.image-away", null, icon("file"), h("span", null, alt || "Image"), part.image_url && link(part.image_url, "Not loaded here: the picture is outside of this computer"));
}

const idInside = (url) => /\/(F[A-Z0-9]{5,})(?:\/|$|\?)/.exec(String(url))?.[1] ?? null;

function ownFile(url) {
  const href = safeUrl(url);
  return href && new URL(href).origin === location.origin ? idInside(href) : null;
}

// --- inputs ---

let serial = 0;

function inputBlock(block, surface, wrap) {
  const id = `input-${serial += 1}`;
  const field = renderElement(block, block.element ?? {}, surface, { id, label: words(block.label), required: !block.optional, describedBy: `${id}-hint ${id}-error`, dispatch: block.dispatch_action });
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element?.type);
  const label = h("span.input-label", { id: `${id}-label` }, plain(block.label?.text), block.optional && h("span.optional", null, " (optional)"));
  const shownLabel = grouped ? label : h("label", { for: id }, label);
  const box = wrap(shownLabel, field, block.hint && h("div.hint", { id: `${id}-hint` }, textObject(block.hint)), h("div.field-error", { id: `${id}-error`, hidden: true }));
  if (grouped) {
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", `${id}-label`);
  }
  return box;
}

/** Puts an error under an input block, or takes it away; false when there is no such block. */
export function showError(root, blockId, sentence) {
  const box = [...root.querySelectorAll("[data-block-id]")].find((each) => each.dataset.blockId === blockId);
  const place = box?.querySelector(".field-error");
  if (!place) return false;
  place.hidden = !sentence;
  fill(place, sentence);
  box.classList.toggle("wrong", Boolean(sentence));
  const field = box.querySelector("input, textarea, button.picker");
  if (sentence) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
  return true;
}

// --- what elements start with ---

const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options.map((option) => ({ ...option, group: words(group.label) })));

/** What an element says before anyone touches it, in the form that the server takes. */
export function initialValue(element) {
  switch (element.type) {
    case "static_select": case "radio_buttons": return element.initial_option?.value ?? null;
    case "multi_static_select": case "checkboxes": return (element.initial_options ?? []).map((option) => option.value);
    case "users_select": return element.initial_user ?? null;
    case "multi_users_select": return element.initial_users ?? [];
    case "conversations_select": return element.initial_conversation ?? null;
    case "multi_conversations_select": return element.initial_conversations ?? [];
    case "channels_select": return element.initial_channel ?? null;
    case "multi_channels_select": return element.initial_channels ?? [];
    case "datepicker": return element.initial_date ?? null;
    case "timepicker": return element.initial_time ?? null;
    case "datetimepicker": return element.initial_date_time ?? null;
    default: return element.initial_value ?? null;
  }
}

export function valueOf(block, element, surface) {
  const key = keyOf(block, element);
  return surface.values.has(key) ? surface.values.get(key) : initialValue(element);
}

/** Everything that was touched and still stands in these blocks: {block_id: {action_id: value}}. */
export function touched(blocks, surface) {
  const found = {};
  for (const block of blocks ?? []) {
    for (const element of [block.element, block.accessory, ...(block.type === "actions" ? block.elements ?? [] : [])]) {
      if (!element || !surface.values.has(keyOf(block, element))) continue;
      (found[block.block_id] ??= {})[element.action_id] = surface.values.get(keyOf(block, element));
    }
  }
  return found;
}

// --- elements ---

const userOptions = () => [...S.users.values()].filter((user) => !user.deleted && user.id !== "USLACKBOT")
  .sort((a, b) => Number(a.is_bot ?? 0) - Number(b.is_bot ?? 0) || String(a.real_name || a.name).localeCompare(String(b.real_name || b.name)))
  .map((user) => ({ value: user.id, label: user.real_name || user.name, hint: `@${user.name}${user.title ? ` · ${user.title}` : ""}` }));

const channelOptions = (element) => [...S.channels.values()].filter((channel) => {
  const only = element.type.includes("channels") ? ["public"] : element.filter?.include;
  const kind = channel.is_im ? "im" : channel.is_private ? "private" : "public";
  return !channel.is_archived && (channel.is_member !== false || kind === "public") && (!only || only.includes(kind));
}).map((channel) => ({ value: channel.id, label: channel.is_im ? channelName(channel.id) : `#${channel.name}`, hint: channel.is_im ? "direct message" : channel.is_private ? "private" : "" }));

const staticOptions = (element) => optionsOf(element).map((option) => ({ value: option.value, label: words(option.text), hint: words(option.description), group: option.group }));

export function renderElement(block, element, surface, input = null) {
  const props = { "data-action-id": element.action_id, id: input?.id, "aria-describedby": input?.describedBy };
  const label = input?.label || words(element.accessibility_label) || words(element.placeholder);
  const keep = (value) => surface.values.set(keyOf(block, element), value);
  const send = async (value, run = true) => {
    keep(value);
    if (!run || (input && !input.dispatch)) return;
    if (await agreed(element)) surface.act(block, element, value);
  };
  const value = valueOf(block, element, surface);
  switch (element.type) {
    case "button": return button(block, element, surface, props);
    case "overflow": return iconButton("more", words(element.accessibility_label) || "More actions", (event) => {
      openMenu(event.currentTarget, "More actions", (element.options ?? []).map((option) => ({
        label: words(option.text), value: option.value,
        run: async () => {
          if (option.url && safeUrl(option.url)) window.open(safeUrl(option.url), "_blank", "noopener,noreferrer");
          if (await agreed(element)) surface.act(block, element, option.value);
        },
      })));
    }, { ...props, "aria-haspopup": "menu", "aria-expanded": "false", class: "overflow" });
    case "static_select": case "multi_static_select": return choose(staticOptions(element));
    case "users_select": case "multi_users_select": return choose(userOptions());
    case "conversations_select": case "multi_conversations_select": case "channels_select": case "multi_channels_select": return choose(channelOptions(element));
    case "datepicker": case "timepicker": case "datetimepicker": return moment();
    case "checkboxes": case "radio_buttons": return boxes();
    case "plain_text_input": case "email_text_input": case "url_text_input": case "number_input": return typing();
    case "image": return picture(element, false);
    default: return unsupported(element);
  }

  function choose(options) {
    return picker({
      options, value, multiple: element.type.startsWith("multi_"), label, placeholder: words(element.placeholder), max: element.max_selected_items,
      props, onChange: keep, onPick: (picked) => send(picked),
    });
  }

  function moment() {
    const type = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" }[element.type];
    const read = () => (field.value === "" ? null : type === "datetime-local" ? epochOf(field.value) : field.value);
    const shown = value === null ? "" : type === "datetime-local" ? localOf(value) : String(value);
    let last = shown, typed = false;
    const settle = () => {
      if (field.value === last) return;
      last = field.value;
      send(read());
    };
    // Typing a year changes the value digit by digit; it counts once the field is left, or Enter is pressed.
    const field = h("input.field.moment", {
      ...props, type, value: shown, "aria-label": input ? undefined : label || "Date",
      oninput: () => keep(read()),
      onkeydown: (event) => { typed = true; if (event.key === "Enter" && !input) { event.preventDefault(); settle(); } },
      onpointerdown: () => { typed = false; },
      onchange: () => { if (!typed) settle(); },
      onblur: settle,
    });
    return field;
  }

  function boxes() {
    const many = element.type === "checkboxes";
    const name = `choice-${serial += 1}`;
    const group = h("div.choices", { "data-action-id": element.action_id, role: many ? "group" : "radiogroup", "aria-label": label || undefined, "aria-describedby": input?.describedBy });
    optionsOf(element).forEach((option, number) => {
      const on = many ? (value ?? []).includes(option.value) : value === option.value;
      group.append(h("label.choice", null,
        h("input", {
          type: many ? "checkbox" : "radio", name, value: option.value, checked: on, id: number === 0 ? input?.id : undefined,
          onchange: () => {
            const ticked = [...group.querySelectorAll("input:checked")].map((each) => each.value);
            send(many ? ticked : ticked[0] ?? null);
          },
        }),
        h("span", null, textObject(option.text), option.description && h("small", null, textObject(option.description)))));
    });
    return group;
  }

  function typing() {
    const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
    const type = { email_text_input: "email", url_text_input: "url", number_input: "text" }[element.type] ?? "text";
    const field = h(element.multiline ? "textarea.field" : "input.field", {
      ...props, type: element.multiline ? undefined : type, rows: element.multiline ? "5" : undefined, inputmode: element.type === "number_input" ? "decimal" : undefined,
      placeholder: words(element.placeholder) || undefined, maxlength: element.max_length, "aria-required": input?.required ? "true" : undefined,
      "aria-label": input ? undefined : label, autocomplete: "off", autofocus: element.focus_on_load,
      oninput: () => send(field.value === "" ? null : field.value, when.includes("on_character_entered")),
      onkeydown: (event) => {
        if (event.key !== "Enter" || element.multiline || event.isComposing) return;
        if (input?.dispatch && when.includes("on_enter_pressed")) {
          event.preventDefault();
          send(field.value === "" ? null : field.value);
        }
      },
    });
    field.value = value ?? "";
    return field;
  }
}

async function agreed(element) {
  const question = element.confirm;
  if (!question) return true;
  return confirmed({
    title: words(question.title), body: textObject(question.text), confirm: words(question.confirm), deny: words(question.deny), danger: question.style === "danger",
  });
}

function button(block, element, surface, props) {
  const style = element.style === "primary" ? ".primary" : element.style === "danger" ? ".danger" : "";
  const inside = plain(element.text?.text, element.text?.emoji !== false);
  const act = async (event) => {
    const pressed = event.currentTarget;
    if (!(await agreed(element))) return;
    pressed.classList.add("busy");
    await surface.act(block, element, element.value);
    pressed.classList.remove("busy");
  };
  const named = { ...props, "aria-label": element.accessibility_label || undefined };
  const href = element.url && safeUrl(element.url);
  if (href) return h(`a.button${style}`, { ...named, href, target: "_blank", rel: "noopener noreferrer", onclick: act }, inside);
  return h(`button.button${style}`, { ...named, type: "button", onclick: act }, inside);
}

// --- date and time in the reader's zone ---

function localOf(epoch) {
  const [day, month, year] = inZone(epoch, { year: "numeric", month: "2-digit", day: "2-digit" }).split("/");
  return `${year}-${month}-${day}T${inZone(epoch, { hour: "2-digit", minute: "2-digit" })}`;
}

function epochOf(local) {
  const wanted = Date.parse(`${local}Z`) / 1000;
  if (!Number.isFinite(wanted)) return null;
  let guess = wanted;
  // Two steps reach the zone's offset at that moment, also beside a change of the clocks.
  for (let step = 0; step < 2; step += 1) guess += wanted - Date.parse(`${localOf(guess)}Z`) / 1000;
  return guess;
}

/** Required inputs that are still empty, and inputs of the wrong shape, as {block_id: sentence}. */
export function missing(blocks, surface) {
  const errors = {};
  for (const block of blocks ?? []) {
    if (block.type !== "input") continue;
    const value = valueOf(block, block.element, surface);
    const empty = value === null || value === undefined || value.length === 0 || (typeof value === "string" && !value.trim());
    const { type, min_length: least, min_value: low, max_value: high, is_decimal_allowed: decimals } = block.element;
    if (empty) {
      if (!block.optional) errors[block.block_id] = "Please complete this required field.";
    } else if (type === "plain_text_input" && least && value.length < least) {
      errors[block.block_id] = `This must have at least ${least} characters.`;
    } else if (type === "number_input" && !(decimals ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(value.trim())) {
      errors[block.block_id] = decimals ? "Enter a number." : "Enter a whole number.";
    } else if (type === "number_input" && low !== undefined && Number(value) < Number(low)) {
      errors[block.block_id] = `Enter a number of at least ${low}.`;
    } else if (type === "number_input" && high !== undefined && Number(value) > Number(high)) {
      errors[block.block_id] = `Enter a number of at most ${high}.`;
    } else if (type === "email_text_input" && !/^[^@\s]+@[^@\s]+$/.test(value)) {
      errors[block.block_id] = "Enter an email address.";
    } else if (type === "url_text_input" && !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value)) {
      errors[block.block_id] = "Enter a web address.";
    }
  }
  return errors;
}

