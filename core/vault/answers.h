// SPDX-License-Identifier: Apache-2.0
//
// The answers of one record as (ref, value) texts; the vault knows no form logic. A ref is the
// form engine's: "/data/person[2]/age". Every change is one durable transaction and an event in the
// record's journal (journal.h); a superseded value is overwritten on the medium.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/vault/ids.h"
#include "core/vault/vault.h"

namespace vigil::vault {

struct Answer {
  std::string ref;
  std::string value;  // empty for a repeat instance's own row
};

// True for the row of a repeat instance ("/data/person[2]"), which has no value of its own.
[[nodiscard]] bool is_instance_ref(std::string_view ref);

enum class ChangeKind {
  kEdit,  // the monitor set or cleared an answer, or a calculation followed from it
  kUndo,  // it takes an earlier edit back
};

// Stores each answer; an empty value clears it. Answers equal to what is stored make no event. All
// or none. kNotFound "record.absent"; kConflict "answers.instance": a ref lies in a repeat instance
// that was not added; kInvalid "answers.ref".
[[nodiscard]] Status apply(Vault& vault, RecordId record, const std::vector<Answer>& changes,
                           ChangeKind kind = ChangeKind::kEdit);

// Adds the instance row `ref` ("/data/person[3]"): the next number of its repeat, else kConflict
// "answers.instance".
[[nodiscard]] Status add_repeat(Vault& vault, RecordId record, std::string_view ref,
                                ChangeKind kind = ChangeKind::kEdit);
// Erases the instance, everything below it, its flags and attachments, and renumbers the instances
// behind it ("/data/person[3]/age" becomes "/data/person[2]/age"). One transaction.
[[nodiscard]] Status remove_repeat(Vault& vault, RecordId record, std::string_view ref,
                                   ChangeKind kind = ChangeKind::kEdit);

// Everything current: parents before children, instances by number. To rebuild a session, add each
// instance row where it comes, and set the others.
[[nodiscard]] Result<std::vector<Answer>> answers(Vault& vault, RecordId record);

// What a monitor attached to a question beside its answer.
enum class FlagKind { kNote, kLater, kFinding };
[[nodiscard]] std::string_view to_string(FlagKind kind);  // "note", "later", "finding"

struct Flag {
  std::string ref;
  FlagKind kind = FlagKind::kNote;
  std::string text;  // may be empty for kLater
};

// At most one flag of a kind per ref; setting replaces its text. Each is an event in the journal.
[[nodiscard]] Status set_flag(Vault& vault, RecordId record, const Flag& flag);
[[nodiscard]] Status clear_flag(Vault& vault, RecordId record, std::string_view ref, FlagKind kind);
[[nodiscard]] Result<std::vector<Flag>> flags(Vault& vault, RecordId record);

}  // namespace vigil::vault
