// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include "core/vault/journal.h"
#include "core/vault/refs.h"

namespace vigil::vault {
namespace {

std::unexpected<Error> bad_fold(std::uint64_t sequence) {
  return fail(ErrorKind::kInvalid, "journal.fold",
              "Event " + std::to_string(sequence) +
                  " of the journal does not fit what the events before it left.");
}

struct SetBy {
  std::uint64_t sequence;
  crypto::Blake2b256 hash;
};

// A flag's key is its kind, a space, and the ref: the part that moves is behind the space.
struct Key {
  std::string kind;  // empty for an answer
  std::string ref;
  friend auto operator<=>(const Key&, const Key&) = default;
};

Key key_of(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return {"", std::string(text)};
  return {std::string(text.substr(0, space)), std::string(text.substr(space + 1))};
}

class Folding {
 public:
  Status apply(const Event& event) {
    switch (event.kind) {
      case EventKind::kBegin:
        return event.sequence == 1 ? Status{} : bad_fold(event.sequence);
      case EventKind::kSet:
      case EventKind::kFlag:
        values_[key_of(event.ref)] = {event.sequence, *event.value_hash};
        return {};
      case EventKind::kClear:
      case EventKind::kUnflag:
        if (values_.erase(key_of(event.ref)) == 0) return bad_fold(event.sequence);
        return {};
      case EventKind::kAddRepeat:
        return add_instance(event);
      case EventKind::kRemoveRepeat:
        return remove_instance(event);
    }
    return bad_fold(event.sequence);
  }

  FoldedJournal result() const {
    FoldedJournal folded;
    for (const auto& [key, set_by] : values_) {
      folded.values.push_back(
          {key.kind.empty() ? key.ref : key.kind + " " + key.ref, set_by.sequence, set_by.hash});
    }
    folded.instances.assign(instances_.begin(), instances_.end());
    return folded;
  }

 private:
  Status add_instance(const Event& event) {
    const auto instance = split_instance(event.ref);
    if (!instance || instances_.contains(event.ref) ||
        (instance->number > 1 &&
         !instances_.contains(join_instance(instance->range, instance->number - 1)))) {
      return bad_fold(event.sequence);
    }
    instances_.insert(event.ref);
    return {};
  }

  Status remove_instance(const Event& event) {
    const auto removed = split_instance(event.ref);
    if (!removed || !instances_.contains(event.ref)) return bad_fold(event.sequence);
    std::map<Key, SetBy> values;
    for (const auto& [key, set_by] : values_) {
      if (is_within(key.ref, event.ref)) continue;
      values.insert({{key.kind, ref_after_removal(key.ref, *removed)}, set_by});
    }
    std::set<std::string> instances;
    for (const std::string& ref : instances_) {
      if (!is_within(ref, event.ref)) instances.insert(ref_after_removal(ref, *removed));
    }
    values_ = std::move(values);
    instances_ = std::move(instances);
    return {};
  }

  std::map<Key, SetBy> values_;
  std::set<std::string> instances_;
};

}  // namespace

Result<FoldedJournal> fold_journal(const std::vector<Event>& events) {
  Folding folding;
  for (const Event& event : events) VIGIL_TRY(folding.apply(event));
  return folding.result();
}

Status verify_fold(const std::vector<Event>& events, const std::vector<CurrentValue>& current,
                   bool complete) {
  VIGIL_ASSIGN(const FoldedJournal folded, fold_journal(events));
  std::map<std::string_view, const FoldedValue*> by_ref;
  for (const FoldedValue& value : folded.values) by_ref[value.ref] = &value;
  for (const CurrentValue& value : current) {
    const auto found = by_ref.find(value.ref);
    if (found == by_ref.end() || found->second->sequence != value.sequence ||
        found->second->value_hash != value_hash(value.salt, value.value)) {
      return fail(ErrorKind::kInvalid, "journal.fold",
                  "A stored answer is not the one that event " + std::to_string(value.sequence) +
                      " of the journal set.");
    }
  }
  if (complete && current.size() != by_ref.size()) {
    return fail(ErrorKind::kInvalid, "journal.fold",
                "The journal tells of answers that are not stored.");
  }
  return {};
}

}  // namespace vigil::vault
