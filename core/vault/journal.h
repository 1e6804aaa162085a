// SPDX-License-Identifier: Apache-2.0
//
// The journal of a record: one event per change, each carrying the hash of the one before and a
// salted hash of its value. Value and salt exist only while the answer is current, so the chain
// proves that and when something changed without keeping what was taken back.
// docs/formats/journal.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/crypto/hash.h"
#include "core/vault/answers.h"
#include "core/vault/ids.h"
#include "core/vault/vault.h"

namespace vigil::vault {

enum class EventKind {
  kBegin,  // the record was made; ref is "form id/version"
  kSet,
  kClear,
  kAddRepeat,
  kRemoveRepeat,  // everything below goes, later instances move up
  kFlag,          // ref is "note /data/a"
  kUnflag,
};
[[nodiscard]] std::string_view to_string(EventKind kind);  // "begin", "set", "clear", ...

struct Event {
  std::uint64_t sequence = 0;  // from 1, without holes
  EventKind kind = EventKind::kSet;
  std::string ref;
  WallTime time;      // the device's clock: evidence of nothing by itself
  std::string who;    // the unlock slot's id
  bool undo = false;  // it takes an earlier edit back
  std::optional<crypto::Blake2b256> value_hash;  // of salt then value
  crypto::Blake2b256 previous{};                 // hash of the event before; zero for the first
};

// One line of journal.jsonl, canonical JSON without newline; an event's hash is its BLAKE2b-256.
[[nodiscard]] std::string emit_event(const Event& event);
[[nodiscard]] Result<Event> parse_event(std::string_view line);  // kInvalid "journal.event"

// Checks sequence and hashes of a journal.jsonl (office, auditor with a key). kInvalid
// "journal.event", "journal.chain" (the line is named).
[[nodiscard]] Result<std::vector<Event>> parse_journal(ByteView journal_jsonl);

// 16 random bytes per stored value; it goes when the value goes.
using ValueSalt = crypto::Salt;
[[nodiscard]] crypto::Blake2b256 value_hash(const ValueSalt& salt, std::string_view value);

// Values and salts that are current, keyed by the event that set them.
struct CurrentValue {
  std::uint64_t sequence = 0;
  std::string ref;  // as it is now; the event may name an earlier instance number
  std::string value;
  ValueSalt salt{};
};

// Where a value set by an event stands after all later events.
struct FoldedValue {
  std::string ref;  // a flag's is "note /data/a"
  std::uint64_t sequence = 0;
  crypto::Blake2b256 value_hash{};
};
struct FoldedJournal {
  std::vector<FoldedValue> values;     // sorted by ref
  std::vector<std::string> instances;  // refs of repeat instances, sorted
};
// Replays events. kInvalid "journal.fold": one does what cannot be done (a gap in instance numbers,
// clearing what was not set).
[[nodiscard]] Result<FoldedJournal> fold_journal(const std::vector<Event>& events);

[[nodiscard]] Result<std::vector<Event>> events(Vault& vault, RecordId record);
// The chain is whole, and folding it gives exactly the current answers, flags and instances with
// the hashes of their values. kInvalid "journal.chain", "journal.fold".
[[nodiscard]] Status verify_journal(Vault& vault, RecordId record);
// The same judgement for what arrived in a bundle. `complete` false: the reader may not see every
// value, so only those given are compared.
[[nodiscard]] Status verify_fold(const std::vector<Event>& events,
                                 const std::vector<CurrentValue>& current, bool complete);
// journal.jsonl: one emit_event() line each.
[[nodiscard]] Result<Bytes> export_journal(Vault& vault, RecordId record);

}  // namespace vigil::vault
