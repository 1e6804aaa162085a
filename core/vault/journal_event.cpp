// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "core/base/json.h"
#include "core/vault/journal.h"

namespace vigil::vault {
namespace {

constexpr std::array<std::string_view, 7> kKindNames = {
    "begin", "set", "clear", "add-repeat", "remove-repeat", "flag", "unflag"};
// A ref of 1,024 bytes, each escaped to six, and the rest.
constexpr std::size_t kLineLimitBytes = 8 * 1024;

std::optional<EventKind> kind_of(std::string_view name) {
  const auto* found = std::ranges::find(kKindNames, name);
  if (found == kKindNames.end()) return std::nullopt;
  return static_cast<EventKind>(found - kKindNames.begin());
}

bool read_hash(const std::string& hex, crypto::Blake2b256& hash) {
  const auto bytes = hex_decode(hex);
  if (!bytes || bytes->size() != hash.size()) return false;
  std::ranges::copy(*bytes, hash.begin());
  return true;
}

std::unexpected<Error> bad_event() {
  return fail(ErrorKind::kInvalid, "journal.event", "A line of the journal is not an event.");
}

}  // namespace

std::string_view to_string(EventKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

std::string emit_event(const Event& event) {
  Json::Object object;
  object.emplace_back("seq", static_cast<std::int64_t>(event.sequence));
  object.emplace_back("kind", to_string(event.kind));
  object.emplace_back("ref", event.ref);
  // A clock before 1970 says no more than one at 1970.
  object.emplace_back("time_ms", std::clamp<std::int64_t>(event.time.ms, 0, kJsonNumberLimit - 1));
  object.emplace_back("who", event.who);
  if (event.undo) object.emplace_back("undo", true);
  if (event.value_hash.has_value()) object.emplace_back("value", hex_encode(*event.value_hash));
  object.emplace_back("previous", hex_encode(event.previous));
  return emit_json(object);
}

Result<Event> parse_event(std::string_view line) {
  const auto json = parse_canonical_json(line, {.size_bytes = kLineLimitBytes, .depth = 1});
  if (!json.has_value()) return bad_event();
  JsonReader reader(*json, "journal.jsonl");
  Event event;
  event.sequence = static_cast<std::uint64_t>(reader.number("seq", 1, kJsonNumberLimit - 1));
  const auto kind = kind_of(reader.string("kind"));
  event.ref = reader.string("ref");
  event.time = {reader.number("time_ms", 0, kJsonNumberLimit - 1)};
  event.who = reader.string("who");
  if (reader.next_is("undo")) {
    event.undo = reader.boolean("undo");
    if (!event.undo) return bad_event();
  }
  if (reader.next_is("value")) {
    crypto::Blake2b256 hash{};
    if (!read_hash(reader.string("value"), hash)) return bad_event();
    event.value_hash = hash;
  }
  const std::string previous = reader.string("previous");
  if (!reader.finish().has_value() || !kind || !read_hash(previous, event.previous)) {
    return bad_event();
  }
  event.kind = *kind;
  const bool has_value = event.kind == EventKind::kSet || event.kind == EventKind::kFlag;
  if (has_value != event.value_hash.has_value()) return bad_event();
  return event;
}

Result<std::vector<Event>> parse_journal(ByteView journal_jsonl) {
  std::vector<Event> events;
  std::string_view rest = as_text(journal_jsonl);
  crypto::Blake2b256 previous{};
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return bad_event();
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    VIGIL_ASSIGN(Event event, parse_event(line));
    if (event.sequence != events.size() + 1 || event.previous != previous) {
      return fail(ErrorKind::kInvalid, "journal.chain",
                  "The journal is not whole: event " + std::to_string(events.size() + 1) +
                      " does not follow the one before it.");
    }
    previous = crypto::blake2b_256(as_bytes(line));
    events.push_back(std::move(event));
  }
  return events;
}

crypto::Blake2b256 value_hash(const ValueSalt& salt, std::string_view value) {
  Bytes salted(salt.begin(), salt.end());
  const ByteView text = as_bytes(value);
  salted.insert(salted.end(), text.begin(), text.end());
  const auto hash = crypto::blake2b_256(salted);
  crypto::wipe(salted);
  return hash;
}

}  // namespace vigil::vault
