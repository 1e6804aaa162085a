// SPDX-License-Identifier: Apache-2.0
//
// The tablet app between vault and screen: makes the model, carries commands out. Every answer is
// on the medium before the next frame. One thread, but for the key derivation, which has its own
// and hands the open vault over.
#pragma once

#include <future>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/tablet/screens/commands.h"
#include "app/tablet/screens/draw.h"
#include "app/tablet/screens/model.h"
#include "app/tablet/state/checklist_model.h"
#include "app/ui/catalogues.h"
#include "app/visit/checklist.h"
#include "core/vault/vault.h"

namespace vigil::tablet {

struct AppOptions {
  std::string folder;    // of the vault
  std::string language;  // of the interface, "" as the vault or the system says
  bool dark = false;
  int scale_percent = 100;
  // Locks after this long without a touch.
  std::int64_t lock_after_ms = 120'000;
};

class App {
 public:
  App(const vault::Host& host, AppOptions options);
  ~App();

  // Draws one frame and applies what it asked for. True where that changed the screen.
  [[nodiscard]] bool frame(ui::Kit& kit);
  [[nodiscard]] const Model& model();
  void apply(const Command& command, ui::Kit& kit);

  // Opens the vault at once, without the unlock screen (pictures, tests).
  [[nodiscard]] Status unlock(const crypto::SecretBytes& passphrase);
  void lock(ui::Kit& kit);
  [[nodiscard]] bool locked() const { return vault_ == nullptr; }
  [[nodiscard]] int scale_percent() const { return options_.scale_percent; }
  [[nodiscard]] bool dark() const { return options_.dark; }

 private:
  enum class Screen { kHidden, kUnlock, kVisits, kNewVisit, kVisit, kChecklist, kReview, kSealed };
  struct Undo {
    std::string ref;
    std::string value;
  };
  struct Toast {
    std::string text;
    std::int64_t until_ms = 0;
    std::optional<Undo> undo;
  };
  struct Draft {
    std::string place;
    std::string kind;
    std::set<std::string> forms;
  };

  // app.cpp
  [[nodiscard]] Chrome chrome() const;
  [[nodiscard]] ScreenModel screen_model();
  void take_unlocked(ui::Kit& kit);
  void watch_idleness(ui::Kit& kit);
  void touch() { stale_ = true; }
  void say(std::string text, std::optional<Undo> undo = {});
  void say_error(const Error& error);
  void report(const Status& status);
  void set_language(std::string code);
  void opened(vault::VaultPointer vault);
  void load_limits();

  // models.cpp
  [[nodiscard]] VisitsModel visits_model();
  [[nodiscard]] NewVisitModel new_visit_model();
  [[nodiscard]] VisitModel visit_model();
  [[nodiscard]] ChecklistModel checklist_screen();
  [[nodiscard]] ReviewModel review_model();
  [[nodiscard]] std::string day(WallTime time) const;
  [[nodiscard]] std::string kind_word(std::string_view kind) const;
  [[nodiscard]] std::string reader_words(std::string_view role) const;
  [[nodiscard]] std::vector<ui::Option> form_options(const std::set<std::string>& chosen) const;

  // visit_commands.cpp
  void open_visit(std::int64_t visit);
  void open_record(std::int64_t record);
  void leave_checklist();
  void go_back();
  void create_visit();
  void add_checklist(const std::string& form);
  void seal();
  void choose_form_language();

  // answer_commands.cpp
  void set_answer(const std::string& ref, const std::string& value);
  void set_now(const std::string& ref);
  void undo();
  void set_flag(const std::string& ref, vault::FlagKind kind, const std::string& text);
  void toggle_flag(const std::string& ref, vault::FlagKind kind);
  void jump(command::Jump::To to, ui::Kit& kit);
  void go_to(std::int64_t record, const std::string& ref, ui::Kit& kit);
  void repeat_changed(Result<forms::Change> change);
  [[nodiscard]] ChecklistInput checklist_input();
  [[nodiscard]] std::string with_offset(const std::string& value, Control control) const;

  vault::Host host_;
  AppOptions options_;
  ui::Words words_;
  std::vector<ui::InterfaceLanguage> languages_;
  Screen screen_ = Screen::kUnlock;
  Model model_;
  bool stale_ = true;
  bool menu_open_ = false;
  std::optional<Toast> toast_;
  std::int64_t last_touch_ms_ = 0;

  ui::SecretText passphrase_;
  std::string unlock_error_;
  std::future<Result<vault::VaultPointer>> opening_;

  vault::VaultPointer vault_;
  std::unique_ptr<visit::Checklist> checklist_;
  vault::VisitId visit_;
  std::string search_;
  Draft draft_;
  std::string sealed_code_;
  std::string review_error_;

  std::vector<forms::NodeState> nodes_;  // of the open checklist
  std::vector<vault::Flag> flags_;
  std::map<std::string, Unstored, std::less<>> unstored_;
  std::set<std::string, std::less<>> open_notes_;
  std::vector<Limit> limits_;  // of the kit
  std::size_t section_ = 0;
  bool rail_open_ = false;
  std::map<command::Jump::To, std::string> last_jump_;
};

}  // namespace vigil::tablet
