// Which emoji names are shown as a picture; any other name stays as it was typed.

const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", eyes: "👀", heart: "❤️", tada: "🎉", fire: "🔥", rocket: "🚀", bug: "🐛",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", negative_squared_cross_mark: "❎",
  warning: "⚠️", rotating_light: "🚨", no_entry: "⛔", no_entry_sign: "🚫", octagonal_sign: "🛑", sos: "🆘", exclamation: "❗", question: "❓", bangbang: "‼️",
  red_circle: "🔴", large_orange_circle: "🟠", large_yellow_circle: "🟡", large_green_circle: "🟢", large_blue_circle: "🔵", large_purple_circle: "🟣",
  white_circle: "⚪", black_circle: "⚫", small_blue_diamond: "🔹", small_orange_diamond: "🔸", large_blue_diamond: "🔷",
  slightly_smiling_face: "🙂", smile: "😄", grin: "😁", joy: "😂", sweat_smile: "😅", laughing: "😆", wink: "😉", thinking_face: "🤔", sob: "😭", cry: "😢",
  disappointed: "😞", grimacing: "😬", scream: "😱", face_palm: "🤦", shrug: "🤷", neutral_face: "😐", sunglasses: "😎", partying_face: "🥳",
  pray: "🙏", clap: "👏", raised_hands: "🙌", ok_hand: "👌", wave: "👋", muscle: "💪", point_up: "☝️", point_right: "👉", raised_hand: "✋", handshake: "🤝",
  bell: "🔔", no_bell: "🔕", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️", alarm_clock: "⏰", clock1: "🕐", calendar: "📆", date: "📅", spiral_calendar_pad: "🗓️",
  memo: "📝", pencil: "📝", pencil2: "✏️", clipboard: "📋", page_facing_up: "📄", bookmark: "🔖", pushpin: "📌", round_pushpin: "📍", link: "🔗", paperclip: "📎",
  mag: "🔍", bulb: "💡", wrench: "🔧", hammer: "🔨", hammer_and_wrench: "🛠️", gear: "⚙️", lock: "🔒", unlock: "🔓", key: "🔑", package: "📦", floppy_disk: "💾",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊", computer: "💻", electric_plug: "🔌", satellite: "📡", phone: "☎️", pager: "📟", fire_engine: "🚒", ambulance: "🚑",
  arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", arrow_left: "⬅️", leftwards_arrow_with_hook: "↩️", arrows_counterclockwise: "🔄", twisted_rightwards_arrows: "🔀",
  heavy_plus_sign: "➕", heavy_minus_sign: "➖", speech_balloon: "💬", thread: "🧵", robot_face: "🤖", star: "⭐", sparkles: "✨", zap: "⚡", boom: "💥", ship: "🚢", coffee: "☕", sandwich: "🥪", rewind: "⏪", fast_forward: "⏩", saluting_face: "🫡", pizza: "🍕", beer: "🍺", cake: "🍰", relieved: "😌", heart_eyes: "😍", exploding_head: "🤯", confused: "😕", seedling: "🌱", snail: "🐌", turtle: "🐢", mailbox: "📫", credit_card: "💳", speaking_head_in_silhouette: "🗣️", loudspeaker: "📢", mega: "📣", telephone_receiver: "📞", checkered_flag: "🏁",
  one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", hash: "#️⃣", "100": "💯", zzz: "💤", broken_heart: "💔", see_no_evil: "🙈", skull: "💀",
};

/** The reactions that the page offers. */
export const OFFERED = ["+1", "eyes", "white_check_mark", "x", "tada", "heart", "pray", "raised_hands", "thinking_face", "warning", "rotating_light", "pushpin", "memo", "bulb", "hourglass_flowing_sand", "fire"];

export const emoji = (name) => EMOJI[name.split("::")[0]] ?? null;
