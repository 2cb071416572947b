// What the page knows of the workspace, and how it asks the server for more.

export const S = {
  me: "", team: {}, users: new Map(), channels: new Map(), groups: new Map(), canvases: new Map(),
  bot: {}, commands: [], shortcuts: [], guide: [], skew: 0,
};

/** Raised with the server's own sentence when it refuses something. */
export class Refused extends Error {}

async function answer(response) {
  let body = null;
  try { body = await response.json(); } catch { /* Not JSON: told below by its status. */ }
  if (!response.ok || body?.ok === false) throw new Refused(body?.error ?? `The local Slack answered ${response.status}.`);
  return body;
}

async function sent(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("The local Slack does not answer. Is it still running?");
  }
  return answer(response);
}

/** GET /_sim/<path>, always as the person who is looking. */
export const get = (path, params = {}) => sent(`/_sim/${path}?${new URLSearchParams({ as: S.me, ...params })}`);

/** POST /_sim/<path>, always as the person who is looking. */
export const post = (path, body = {}) => sent(`/_sim/${path}`, {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ as: S.me, ...body }),
});

export function keepState(state) {
  S.me = state.me?.id ?? state.me ?? S.me;
  S.team = state.team ?? {};
  S.users = new Map(state.users.map((user) => [user.id, user]));
  S.channels = new Map(state.channels.map((channel) => [channel.id, channel]));
  S.groups = new Map((state.usergroups ?? []).map((group) => [group.id, group]));
  S.bot = state.bot ?? {};
  S.commands = state.commands ?? [];
  S.shortcuts = state.shortcuts ?? [];
  S.guide = state.guide ?? [];
  if (state.now) S.skew = state.now - Date.now() / 1000;
}

/** The workspace's time in epoch seconds, which may be ahead of this computer's. */
export const now = () => Date.now() / 1000 + S.skew;

export const fileUrl = (id) => `/_sim/files/${encodeURIComponent(id)}?as=${encodeURIComponent(S.me)}`;

export const me = () => S.users.get(S.me) ?? { id: S.me, name: S.me, real_name: S.me };
export const userName = (id) => S.users.get(id)?.real_name || S.users.get(id)?.name || id;
export const handle = (id) => S.users.get(id)?.name || id;

/** The bot's own direct message with the person who is looking, if there is one. */
export const botIm = () => [...S.channels.values()].find((c) => c.is_im && (c.user === S.bot.user_id || c.members?.includes(S.bot.user_id)));

/** Who sits at the other end of a direct message. */
export function partner(channel) {
  if (channel.user && channel.user !== S.me) return channel.user;
  return channel.members?.find((id) => id !== S.me) ?? S.bot.user_id;
}

export const channelName = (id) => {
  const channel = S.channels.get(id);
  if (!channel) return id;
  return channel.is_im ? userName(partner(channel)) : channel.name;
};

const COLOURS = ["#5b6ee1", "#1d7f6f", "#a3416b", "#9a5b13", "#3f6b9a", "#6c4aa6", "#4a7a2c", "#b0472f", "#0f7490", "#7a5470"];

/** A colour and initials for someone without a picture; the same for the same id. */
export function looks(id, name) {
  // People get one colour after the other, so that few look alike; a stranger gets one by the letters of the id.
  let sum = [...S.users.keys()].indexOf(id);
  if (sum < 0) for (const letter of String(id)) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  const words = String(name || "?").replace(/[^\p{L}\p{N} ]+/gu, " ").trim().split(/\s+/);
  const initials = words.length > 1 ? words[0][0] + words.at(-1)[0] : (words[0] || "?").slice(0, 2);
  return { colour: COLOURS[sum % COLOURS.length], initials: initials.toUpperCase() };
}

// --- times, always in the zone of the person who is looking ---

const formats = new Map();

export function inZone(epoch, options) {
  const key = `${me().tz}${JSON.stringify(options)}`;
  if (!formats.has(key)) {
    let made;
    try {
      made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: me().tz || undefined });
    } catch {
      made = new Intl.DateTimeFormat("en-GB", options);
    }
    formats.set(key, made);
  }
  return formats.get(key).format(new Date(epoch * 1000));
}

export const clockTime = (epoch) => inZone(epoch, { hour: "2-digit", minute: "2-digit" });
export const fullTime = (epoch) => inZone(epoch, { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" });
export const dayKey = (epoch) => inZone(epoch, { year: "numeric", month: "2-digit", day: "2-digit" });

function relative(epoch) {
  const day = dayKey(epoch);
  if (day === dayKey(now())) return "Today";
  if (day === dayKey(now() - 86400)) return "Yesterday";
  if (day === dayKey(now() + 86400)) return "Tomorrow";
  return "";
}

const sameYear = (epoch) => inZone(epoch, { year: "numeric" }) === inZone(now(), { year: "numeric" });

export const dayName = (epoch) => relative(epoch)
  || inZone(epoch, { weekday: "long", day: "numeric", month: "long", ...(sameYear(epoch) ? {} : { year: "numeric" }) });

export function dayAndTime(epoch) {
  const word = relative(epoch);
  return `${word ? word.toLowerCase() : inZone(epoch, { day: "numeric", month: "short" })} at ${clockTime(epoch)}`;
}

/** Slack's date tokens, in the reader's zone. */
export function dateTokens(format, epoch) {
  const long = { day: "numeric", month: "long", year: "numeric" };
  const pretty = (text, keep) => (relative(epoch) ? (keep ? relative(epoch).toLowerCase() : relative(epoch)) : text);
  const texts = {
    date_num: () => inZone(epoch, { year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-"),
    date_slash: () => inZone(epoch, { year: "numeric", month: "2-digit", day: "2-digit" }),
    date_long: () => inZone(epoch, { weekday: "long", ...long }),
    date_long_full: () => inZone(epoch, { weekday: "long", ...long }),
    date_long_pretty: (start) => pretty(inZone(epoch, { weekday: "long", ...long }), !start),
    date: () => inZone(epoch, long),
    date_pretty: (start) => pretty(inZone(epoch, long), !start),
    date_short: () => inZone(epoch, { day: "numeric", month: "short", year: "numeric" }),
    date_short_pretty: (start) => pretty(inZone(epoch, { day: "numeric", month: "short", year: "numeric" }), !start),
    day_divider_pretty: () => dayName(epoch),
    time: () => clockTime(epoch),
    time_secs: () => inZone(epoch, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    ago: () => {
      const away = epoch - now();
      const [size, unit] = [[31536000, "year"], [2592000, "month"], [86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]].find(([each]) => Math.abs(away) >= each) ?? [1, "second"];
      return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.trunc(away / size), unit);
    },
  };
  return format.replace(/\{(\w+)\}/g, (whole, name, at) => texts[name]?.(at === 0) ?? whole);
}
