// SPDX-License-Identifier: Apache-2.0
//
// One checklist that is being filled in: its session and what the screen knows of it beside the
// vault. Every command returns with its change on the medium. It goes when the checklist is left,
// with all that was typed: nothing of it has to be cleared. Thread: the vault's.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/tablet/screens/commands.h"
#include "app/tablet/state/checklist_model.h"
#include "app/tablet/state/reply.h"
#include "app/visit/checklist.h"

namespace vigil::tablet {

class ChecklistAnswers {
 public:
  // Borrows clock, words and limits: those of now, whenever something is said.
  ChecklistAnswers(std::unique_ptr<visit::Checklist> checklist, const Clock& clock,
                   const words::Words& words, const std::vector<Limit>& limits);
  // With what was typed and is no answer yet. In the form's language of that name; else "Русский
  // (ru)" for the interface's "ru"; else the form's own. Recomputes what hangs on the clock. The
  // checklist is open even where that fails.
  [[nodiscard]] Status begin(std::string_view language, std::string_view interface_code);

  [[nodiscard]] visit::Checklist& stored() { return *checklist_; }
  [[nodiscard]] const forms::FormSession& session() const { return checklist_->session(); }
  // As of the last model().
  [[nodiscard]] const std::vector<forms::NodeState>& nodes() const { return nodes_; }
  [[nodiscard]] std::string card_of(std::string_view ref) const { return card_ref(nodes_, ref); }
  [[nodiscard]] std::string note_of(std::string_view ref) const;
  // What stands in the field, stored or not.
  [[nodiscard]] std::string typed(const forms::NodeState& node) const;
  [[nodiscard]] std::size_t section() const { return section_; }

  [[nodiscard]] Result<Reply> set(const std::string& ref, const std::string& value);
  [[nodiscard]] Result<Reply> set_now(const std::string& ref);
  // What was typed and the medium did not take, once more: with the next change that it takes, and
  // every few seconds. The first refusal.
  [[nodiscard]] Status save_unsaved();
  // The same when it is time. True where it changed the screen; `wake_ms` when to ask again.
  [[nodiscard]] bool poll(std::int64_t now_ms, int& wake_ms);
  // Leads back to the question that it changes, wherever one is by then.
  [[nodiscard]] Result<Reply> undo(const Undo& earlier);
  // "" clears it.
  [[nodiscard]] Status set_note(const std::string& ref, const std::string& text);
  [[nodiscard]] Status toggle_flag(const std::string& ref, vault::FlagKind kind);
  void open_note(const std::string& ref) { open_notes_.insert(ref); }
  [[nodiscard]] Result<Reply> add_repeat(const std::string& ref, bool like_last);
  [[nodiscard]] Status remove_repeat(const std::string& ref);
  [[nodiscard]] Status set_language(const std::string& name);

  void toggle_rail() { rail_open_ = !rail_open_; }
  [[nodiscard]] Reply open_section(std::size_t section);
  // To the next question of the kind; each tap goes to the one after the last.
  [[nodiscard]] Reply jump(command::Jump::To to);
  [[nodiscard]] Reply go_to(const std::string& ref);
  // To "<section> <ref>"; at the beginning where it says nothing that is still asked.
  [[nodiscard]] Reply come_back(const std::string& position);
  // Questions by their words; "" ends it.
  void find(std::string words) { search_ = std::move(words); }
  [[nodiscard]] Reply show_found(const std::string& ref);

  // place, about, files and revisions are the caller's.
  [[nodiscard]] ChecklistModel model();

 private:
  [[nodiscard]] ChecklistInput input() const;
  [[nodiscard]] Reply keep_typed(const std::string& ref, const std::string& value);
  [[nodiscard]] std::string why_unfinished(const forms::NodeState& node,
                                           const std::string& value) const;
  [[nodiscard]] Status read_unfinished();
  [[nodiscard]] std::string cleared_by(const std::string& ref, const forms::Change& change) const;

  std::unique_ptr<visit::Checklist> checklist_;
  const Clock& clock_;
  const words::Words& words_;
  const std::vector<Limit>& limits_;
  std::vector<forms::NodeState> nodes_;
  std::vector<vault::Flag> flags_;
  std::map<std::string, Unstored, std::less<>> unstored_;
  std::set<std::string, std::less<>> open_notes_;
  std::map<command::Jump::To, std::string> last_jump_;
  std::size_t section_ = 0;
  bool rail_open_ = false;
  std::int64_t next_try_ms_ = 0;  // to save what is not saved; 0: none is planned
  std::string search_;
};

}  // namespace vigil::tablet
