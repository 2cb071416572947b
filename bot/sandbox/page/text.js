// How text is shown: Slack's mrkdwn, its rich_text blocks, and a small part of Markdown. Untrusted text only ever becomes text nodes.

import { h, link, safeUrl } from "/static/dom.js";
import { emoji } from "/static/emoji.js";
import { S, channelName, dateTokens, fullTime, handle } from "/static/store.js";

export const unescape = (text) => String(text ?? "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

// --- what stands inside < > ---

export function userMention(id, label) {
  const user = S.users.get(id);
  const mine = id === S.me ? ".mine" : "";
  const title = user ? [user.real_name, user.title, user.tz].filter(Boolean).join(" · ") : id;
  return h(`span.mention${mine}`, { title }, `@${user ? handle(id) : label || id}`);
}

export function channelMention(id, label) {
  const known = S.channels.get(id);
  if (!known) return h("span.mention", null, `#${label || id}`);
  return h("a.mention", { href: `/archives/${encodeURIComponent(id)}`, rel: "noopener noreferrer" }, `#${channelName(id)}`);
}

const groupMention = (id, label) => h("span.mention", null, `@${S.groups.get(id)?.handle ?? String(label || id).replace(/^@/, "")}`);
const broadcast = (range) => h("span.mention.mine", null, `@${range}`);

export function emojiNode(name) {
  const found = emoji(name);
  return found ? h("span.emoji", { title: `:${name}:`, role: "img", "aria-label": name.replace(/_/g, " ") }, found) : document.createTextNode(`:${name}:`);
}

export function dateNode(epoch, format, fallback, url) {
  const shown = Number.isFinite(epoch) ? dateTokens(format, epoch) : fallback;
  const node = h("time", { title: Number.isFinite(epoch) ? fullTime(epoch) : undefined }, shown);
  return url && safeUrl(url) ? link(url, node) : node;
}

function token(inside) {
  const bar = inside.indexOf("|");
  const body = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescape(inside.slice(bar + 1));
  if (body.startsWith("@")) return userMention(body.slice(1), label);
  if (body.startsWith("#")) return channelMention(body.slice(1), label);
  if (body.startsWith("!subteam^")) return groupMention(body.slice(9), label);
  const date = /^!date\^(-?\d+)\^([^^]*)(?:\^(.*))?$/.exec(body);
  if (date) return dateNode(Number(date[1]), unescape(date[2]), label, date[3] && unescape(date[3]));
  if (/^!(here|channel|everyone)$/.test(body)) return broadcast(body.slice(1));
  if (body.startsWith("!")) return document.createTextNode(label || `<${unescape(inside)}>`);
  if (/^mailto:/i.test(body)) return document.createTextNode(label || unescape(body.slice(7)));
  if (/^https?:/i.test(body)) return link(unescape(body), label || unescape(body));
  return document.createTextNode(`<${unescape(inside)}>`);
}

// --- mrkdwn ---

const OPEN = "\uE000", CLOSE = "\uE001";
const PIECE = /\uE000(\d+)\uE001|(?<![\w*])\*(?=\S)([^*\n]*[^*\s])\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]*[^_\s])_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]*[^~\s])~(?![\w~])|(?<![\w:]):([a-z0-9_+'-]+(?:::[a-z0-9-]+)?):|\n/g;

function styled(text, kept) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(PIECE)) {
    if (found.index > end) nodes.push(unescape(text.slice(end, found.index)));
    end = found.index + found[0].length;
    const [, held, bold, italic, strike, name] = found;
    if (held !== undefined) nodes.push(kept[Number(held)]);
    else if (bold !== undefined) nodes.push(h("strong", null, styled(bold, kept)));
    else if (italic !== undefined) nodes.push(h("em", null, styled(italic, kept)));
    else if (strike !== undefined) nodes.push(h("s", null, styled(strike, kept)));
    else if (name !== undefined) nodes.push(emojiNode(name));
    else nodes.push(h("br"));
  }
  if (end < text.length) nodes.push(unescape(text.slice(end)));
  return nodes;
}

/** One run of mrkdwn without quotes and fences: code and <…> are set aside first, so that no style reaches into them. */
function inline(text) {
  const kept = [];
  const hold = (node) => `${OPEN}${kept.push(node) - 1}${CLOSE}`;
  const held = text
    .replace(/`([^`\n]+)`/g, (_, code) => hold(h("code", null, unescape(code))))
    .replace(/<([^<>\n]+)>/g, (_, inside) => hold(token(inside)));
  return styled(held, kept);
}

const BULLET = /^(\s*)([•◦▪‣-]|\d{1,3}[.)])\s+(.*)$/;

function lines(text) {
  const nodes = [];
  let plain = [], quote = [];
  const flush = () => {
    if (plain.length) nodes.push(h("div.text-run", null, inline(plain.join("\n"))));
    if (quote.length) nodes.push(h("blockquote", null, inline(quote.join("\n"))));
    plain = [];
    quote = [];
  };
  const all = text.split("\n");
  for (let at = 0; at < all.length; at += 1) {
    const line = all[at];
    if (/^(&gt;|>){3}/.test(line)) {
      flush();
      quote = [line.replace(/^(&gt;|>){3}\s?/, ""), ...all.slice(at + 1)];
      break;
    }
    const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    const bullet = BULLET.exec(line);
    if (quoted) {
      if (plain.length) flush();
      quote.push(quoted[1]);
    } else if (bullet) {
      flush();
      const depth = Math.min(3, Math.floor(bullet[1].length / 2));
      nodes.push(h(`div.bullet.depth-${depth}`, null, h("span.bullet-mark", null, bullet[2]), h("span", null, inline(bullet[3]))));
    } else {
      if (quote.length) flush();
      plain.push(line);
    }
  }
  flush();
  return nodes;
}

export function mrkdwn(text) {
  const nodes = [];
  String(text ?? "").replace(/[\uE000\uE001]/g, "").split("```").forEach((part, number, parts) => {
    const fence = number % 2 === 1;
    if (fence && number < parts.length - 1) nodes.push(h("pre", null, unescape(part.replace(/^\n|\n$/g, ""))));
    else {
      let rest = fence ? `\`\`\`${part}` : part;
      if (number > 0 && !fence) rest = rest.replace(/^\n/, "");
      if (number < parts.length - 1) rest = rest.replace(/\n$/, "");
      if (rest) nodes.push(...lines(rest));
    }
  });
  return nodes;
}

/** plain_text: nothing is parsed but emoji names. */
export function plain(text, withEmoji = true) {
  const nodes = [];
  let end = 0;
  const whole = unescape(text);
  if (!withEmoji) return [whole];
  for (const found of whole.matchAll(/(?<![\w:]):([a-z0-9_+'-]+):/g)) {
    if (!emoji(found[1])) continue;
    nodes.push(whole.slice(end, found.index), emojiNode(found[1]));
    end = found.index + found[0].length;
  }
  nodes.push(whole.slice(end));
  return nodes;
}

/** A text object of Block Kit. */
export function textObject(text) {
  if (!text) return [];
  if (typeof text === "string") return plain(text);
  return text.type === "mrkdwn" ? mrkdwn(text.text) : [h("div.text-run", null, plain(text.text, text.emoji !== false))];
}

/** Only the words of a text, for labels and previews. */
export const words = (text) => unescape(typeof text === "string" ? text : text?.text ?? "");

/** Stored text as a person would have typed it. */
export function asTyped(stored) {
  return unescape(String(stored ?? "").replace(/<([^<>\n]+)>/g, (_, inside) => {
    const [body, label] = inside.split("|");
    if (body.startsWith("@")) return `@${handle(body.slice(1))}`;
    if (body.startsWith("#")) return `#${S.channels.get(body.slice(1))?.name ?? label ?? body.slice(1)}`;
    if (body.startsWith("!subteam^")) return `@${S.groups.get(body.slice(9))?.handle ?? label ?? body.slice(9)}`;
    if (body.startsWith("!date^")) return label ?? "";
    if (body.startsWith("!")) return `@${body.slice(1)}`;
    return body;
  }));
}

// --- rich_text ---

const STYLES = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]];

function richElement(element) {
  let node;
  switch (element.type) {
    case "text": node = withBreaks(element.text); break;
    case "link": node = link(element.url, element.text || element.url); break;
    case "user": node = userMention(element.user_id); break;
    case "usergroup": node = groupMention(element.usergroup_id); break;
    case "channel": node = channelMention(element.channel_id); break;
    case "broadcast": node = broadcast(element.range); break;
    case "emoji": node = emojiNode(element.name); break;
    case "date": node = dateNode(Number(element.timestamp), element.format ?? "{date_pretty} {time}", element.fallback ?? "", element.url); break;
    case "color": node = swatch(element.value); break;
    case "team": node = h("span.mention", null, element.team_id === S.team.id ? S.team.name : element.team_id); break;
    default: node = h("code.unknown", null, JSON.stringify(element));
  }
  for (const [style, tag] of STYLES) if (element.style?.[style]) node = h(tag, null, node);
  return node;
}

const withBreaks = (text) => String(text ?? "").split("\n").flatMap((line, number) => (number ? [h("br"), line] : [line]));

function swatch(value) {
  const dot = h("span.swatch", { "aria-hidden": "true" });
  dot.style.backgroundColor = value;
  return h("code", null, dot, value);
}

function richPart(part) {
  const inside = () => (part.elements ?? []).map(richElement);
  switch (part.type) {
    case "rich_text_section": return h("div.rich-section", null, inside());
    case "rich_text_quote": return h("blockquote", null, inside());
    case "rich_text_preformatted": return h("pre", null, (part.elements ?? []).map((e) => (e.type === "link" ? link(e.url, e.text || e.url) : e.text ?? "")));
    case "rich_text_list": {
      const tag = part.style === "ordered" ? "ol" : "ul";
      const start = tag === "ol" && part.offset ? part.offset + 1 : undefined;
      const bordered = part.border ? ".bordered" : "";
      return h(`${tag}.rich-list.depth-${Math.min(8, part.indent ?? 0)}${bordered}`, { start }, (part.elements ?? []).map((item) => h("li", null, (item.elements ?? []).map(richElement))));
    }
    default: return h("pre.unknown", null, JSON.stringify(part, null, 2));
  }
}

export const richText = (block) => h("div.rich", null, (block.elements ?? []).map(richPart));

// --- Markdown: headings, lists, tables, quotes, fences, rules and the inline styles; no HTML at all ---

const MD_PIECE = /\\([\\`*_{}[\]()#+.!|~<>-])|`+([^`\n]+)`+|!\[([^\]\n]*)\]\(([^)\s]+)(?:\s+"[^"]*")?\)|\[((?:[^\]\[\n]|\[[^\]\n]*\])+)\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|<(https?:[^<>\s]+)>|<([@#!][^<>\n]+)>|\*\*(?=\S)([^\n]*?\S)\*\*(?!\*)|__(?=\S)([^\n]*?\S)__(?!\w)|~~(?=\S)([^\n]*?\S)~~|\*(?=[^\s*])([^*\n]*[^\s*])\*|(?<!\w)_(?=\S)([^_\n]*[^_\s])_(?!\w)|(https?:\/\/[^\s<>()]+[^\s<>().,;:!?'"])|(?<![\w:]):([a-z0-9_+-]+):|(?:  |\\)?\n/g;

function mdInline(text) {
  const nodes = [];
  let end = 0;
  for (const f of text.matchAll(MD_PIECE)) {
    if (f.index > end) nodes.push(mdText(text.slice(end, f.index)));
    end = f.index + f[0].length;
    if (f[1] !== undefined) nodes.push(f[1]);
    else if (f[2] !== undefined) nodes.push(h("code", null, f[2]));
    else if (f[4] !== undefined) nodes.push(f[4].startsWith("@") ? userMention(f[4].slice(1)) : f[4].startsWith("#") ? channelMention(f[4].slice(1)) : link(f[4], f[3] || f[4]));
    else if (f[6] !== undefined) nodes.push(link(f[6], mdInline(f[5])));
    else if (f[7] !== undefined) nodes.push(link(f[7], f[7]));
    else if (f[8] !== undefined) nodes.push(token(f[8]));
    else if (f[9] !== undefined || f[10] !== undefined) nodes.push(h("strong", null, mdInline(f[9] ?? f[10])));
    else if (f[11] !== undefined) nodes.push(h("s", null, mdInline(f[11])));
    else if (f[12] !== undefined || f[13] !== undefined) nodes.push(h("em", null, mdInline(f[12] ?? f[13])));
    else if (f[14] !== undefined) nodes.push(link(f[14], f[14]));
    else if (f[15] !== undefined) nodes.push(emojiNode(f[15]));
    else nodes.push(f[0] === "\n" ? " " : h("br"));
  }
  if (end < text.length) nodes.push(mdText(text.slice(end)));
  return nodes;
}

const mdText = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, "\"").replace(/&#39;/g, "'").replace(/&nbsp;/g, "\u00a0").replace(/&amp;/g, "&");

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const cells = (row) => row.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));
const isRule = (line) => /^\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*$/.test(line) && line.includes("-");

function mdList(source, from, indent) {
  const first = ITEM.exec(source[from]);
  const ordered = /\d/.test(first[2]);
  const list = h(ordered ? "ol" : "ul", { start: ordered && Number.parseInt(first[2], 10) !== 1 ? Number.parseInt(first[2], 10) : undefined });
  let at = from, item = null;
  while (at < source.length) {
    const found = ITEM.exec(source[at]);
    if (found && found[1].length >= indent + 2 && item) {
      const [nested, next] = mdList(source, at, found[1].length);
      item.append(nested);
      at = next;
    } else if (found && found[1].length >= indent && /\d/.test(found[2]) === ordered) {
      const task = /^\[([ xX])\]\s+(.*)$/.exec(found[3]);
      item = h("li", task ? { class: "task" } : null, task && h("span", { role: "img", "aria-label": task[1] === " " ? "open" : "done" }, task[1] === " " ? "☐ " : "☑ "), mdInline(task ? task[2] : found[3]));
      list.append(item);
      at += 1;
    } else if (!found && item && /^\s{2,}\S/.test(source[at])) {
      item.append(" ", ...mdInline(source[at].trim()));
      at += 1;
    } else break;
  }
  return [list, at];
}

function mdBlocks(source) {
  const nodes = [];
  let at = 0, paragraph = [];
  const flush = () => {
    if (paragraph.length) nodes.push(h("p", null, mdInline(paragraph.join("\n"))));
    paragraph = [];
  };
  while (at < source.length) {
    const line = source[at];
    const fence = /^\s*(```+|~~~+)/.exec(line);
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (fence) {
      flush();
      const from = at += 1;
      while (at < source.length && !source[at].trim().startsWith(fence[1])) at += 1;
      nodes.push(h("pre", null, source.slice(from, at).join("\n")));
      at += 1;
    } else if (heading) {
      flush();
      nodes.push(h(`h${Math.min(6, heading[1].length + 1)}.md-h${heading[1].length}`, null, mdInline(heading[2])));
      at += 1;
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      flush();
      nodes.push(h("hr"));
      at += 1;
    } else if (line.includes("|") && isRule(source[at + 1] ?? "") && cells(line).length === cells(source[at + 1]).length) {
      flush();
      const head = cells(line);
      const rows = [];
      at += 2;
      while (at < source.length && source[at].trim() && source[at].includes("|")) rows.push(cells(source[at++]));
      nodes.push(h("div.table-scroll", { tabindex: "0", role: "group", "aria-label": "Table" }, h("table", null,
        h("thead", null, h("tr", null, head.map((cell) => h("th", { scope: "col" }, mdInline(cell))))),
        h("tbody", null, rows.map((row) => h("tr", null, head.map((_, n) => h("td", null, mdInline(row[n] ?? "")))))))));
    } else if (/^\s*>/.test(line)) {
      flush();
      const quoted = [];
      while (at < source.length && /^\s*>/.test(source[at])) quoted.push(source[at++].replace(/^\s*>\s?/, ""));
      nodes.push(h("blockquote", null, mdBlocks(quoted)));
    } else if (ITEM.test(line)) {
      flush();
      const [list, next] = mdList(source, at, ITEM.exec(line)[1].length);
      nodes.push(list);
      at = next;
    } else if (!line.trim()) {
      flush();
      at += 1;
    } else {
      paragraph.push(line);
      at += 1;
    }
  }
  flush();
  return nodes;
}

export const markdown = (text) => h("div.md", null, mdBlocks(String(text ?? "").replace(/\r\n?/g, "\n").split("\n")));
