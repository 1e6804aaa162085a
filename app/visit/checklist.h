// SPDX-License-Identifier: Apache-2.0
//
// One checklist of an open visit, being filled in: the form session and the vault moved together.
// The tablet's screen and the command line are equal users. An operation that returns has its
// answers on the medium. Thread: the vault's.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/vault/answers.h"
#include "core/vault/attachments.h"
#include "core/vault/visits.h"
#include "forms/session/session.h"

namespace vigil::visit {

class OpenForms;

// What a session cannot know: the clock, randomness, and nothing about the person who holds the
// device.
class DeviceHost final : public forms::SessionHost {
 public:
  explicit DeviceHost(const Clock& clock) : clock_(clock) {}  // borrows
  WallTime now() const override { return clock_.now(); }
  int utc_offset_minutes(WallTime time) const override { return clock_.utc_offset_minutes(time); }
  std::uint64_t random_bits() override;
  std::string property(std::string_view) const override { return {}; }

 private:
  const Clock& clock_;
};

class Checklist {
 public:
  // Adds a checklist with the current version of a form to an open visit.
  [[nodiscard]] static Result<std::unique_ptr<Checklist>> start(vault::Vault& vault,
                                                                const Clock& clock,
                                                                vault::VisitId visit,
                                                                std::string_view form_id);
  // Goes on where the record was left. Files that a crash cut short, or that no answer came to
  // name, are erased: nobody was told that they are kept, and they must not be sealed unseen.
  // `forms`: those read before.
  [[nodiscard]] static Result<std::unique_ptr<Checklist>> resume(vault::Vault& vault,
                                                                 const Clock& clock,
                                                                 vault::RecordId record,
                                                                 OpenForms* forms = nullptr);
  ~Checklist();

  [[nodiscard]] const forms::FormSession& session() const { return *session_; }
  [[nodiscard]] vault::RecordId record() const { return record_; }

  // Where the vault cannot store a change, the session goes back to what is stored, so that nothing
  // looks answered that is not.

  // As FormSession::set(): an answer that breaks its constraint is kept and shown as a violation,
  // since a wrong value must stay visible; sealing takes it only where that is asked for.
  [[nodiscard]] Result<forms::Change> set(std::string_view ref, std::string_view value);
  // The same, but such an answer is refused: kInvalid "answer.constraint" with the form's message.
  [[nodiscard]] Result<forms::Change> set_if_valid(std::string_view ref, std::string_view value);
  // Puts an earlier value back; an event of its own in the journal.
  [[nodiscard]] Result<forms::Change> undo(std::string_view ref, std::string_view earlier_value);
  [[nodiscard]] Result<forms::Change> add_repeat(std::string_view ref);
  // As duplicate_last_instance(): one more with the answers of the last.
  [[nodiscard]] Result<forms::Change> duplicate_repeat(std::string_view ref);
  [[nodiscard]] Result<forms::Change> remove_repeat(std::string_view ref);
  // What hangs on the clock, recomputed and stored.
  [[nodiscard]] Result<forms::Change> clock_moved();
  // What could not be set, kept beside the answers until it can (core/vault/unfinished.h).
  [[nodiscard]] Status keep_unfinished(std::string_view ref, std::string_view typed);
  [[nodiscard]] Result<std::vector<vault::Answer>> unfinished() const;
  // Why set() would refuse it, where what was typed is at fault.
  [[nodiscard]] Status check(std::string_view ref, std::string_view value) const;

  // For this session only; not stored.
  [[nodiscard]] Result<forms::Change> set_language(std::string_view name);

  // Stores a file and makes it the answer of an upload question. `media_type` picks the ending.
  // Where it fails, nothing of the file stays.
  [[nodiscard]] Result<forms::Change> attach(std::string_view ref, ByteView content,
                                             std::string_view media_type);
  // Stores a file beside a question of any kind, as restricted as the question is, and returns its
  // name "beside-...".
  [[nodiscard]] Result<std::string> attach_beside(std::string_view ref, ByteView content,
                                                  std::string_view media_type);

  [[nodiscard]] Result<std::vector<vault::Flag>> flags();
  [[nodiscard]] Status set_flag(const vault::Flag& flag);
  [[nodiscard]] Status clear_flag(std::string_view ref, vault::FlagKind kind);

  // Questions that take an answer and are relevant now, and how many of them have one. A question
  // per source counts once, and is answered when any source has a value.
  struct Progress {
    int answered = 0;
    int asked = 0;
  };
  [[nodiscard]] Progress progress() const;
  // Stores it beside the record for the list of visits; call it when leaving the checklist.
  [[nodiscard]] Status keep_progress();

  // The submission documents for sealing; `restricted_xml` is empty where nothing is restricted.
  struct Documents {
    std::string general_xml;
    std::string restricted_xml;
    std::vector<std::string> restricted_refs;
  };
  [[nodiscard]] Documents submission();

 private:
  Checklist(vault::Vault& vault, std::unique_ptr<DeviceHost> host, vault::RecordId record,
            std::unique_ptr<forms::FormSession> session);
  [[nodiscard]] Result<forms::Change> set_and_store(std::string_view ref, std::string_view value,
                                                    vault::ChangeKind kind);
  // `before`: what stood in the one node that was set.
  [[nodiscard]] Result<forms::Change> store(Result<forms::Change> change, vault::ChangeKind kind,
                                            const vault::Answer* before = nullptr);
  [[nodiscard]] Status store_change(const forms::Change& change, vault::ChangeKind kind);
  [[nodiscard]] Status store_everything();
  [[nodiscard]] Status back_to_stored(OpenForms* forms = nullptr);
  [[nodiscard]] Status agree_on_instances();
  void write_numbers_as_language();
  [[nodiscard]] Status drop_stray_files();
  [[nodiscard]] Status remove_file(std::string_view name);
  [[nodiscard]] Result<std::string> store_file(std::string_view ref, ByteView content,
                                               std::string_view media_type,
                                               std::string_view prefix);

  vault::Vault& vault_;
  std::unique_ptr<DeviceHost> host_;  // outlives session_
  vault::RecordId record_;
  std::unique_ptr<forms::FormSession> session_;
  std::set<std::string, std::less<>> instances_;  // refs of repeat instances the vault knows
};

// The form's language of this name, or of this code in brackets ("ru" finds "Русский (ru)"); ""
// where it has none like it.
[[nodiscard]] std::string find_language(const forms::FormDefinition& form, std::string_view wanted);

// Parses an installed form. kNotFound "form.absent"; kInvalid as load_xform().
[[nodiscard]] Result<forms::FormPointer> load_form(vault::Vault& vault, std::string_view form_id,
                                                   std::string_view form_version);

}  // namespace vigil::visit
