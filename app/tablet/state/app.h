// SPDX-License-Identifier: Apache-2.0
//
// The tablet app between vault and screen: makes the model, carries commands out. Every answer is
// on the medium before the next frame. The vault belongs to one thread at a time: short steps are
// done on the screen's; what takes long (deriving the key, sealing, a kit) goes to a worker, vault
// and all, and comes back with it (work.h). Sending has a thread that never touches it (sender.h).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/tablet/screens/commands.h"
#include "app/tablet/screens/draw.h"
#include "app/tablet/screens/model.h"
#include "app/tablet/state/app_options.h"
#include "app/tablet/state/block_revisions.h"
#include "app/tablet/state/chrome_model.h"
#include "app/tablet/state/device_pages.h"
#include "app/tablet/state/form_titles.h"
#include "app/tablet/state/gestures.h"
#include "app/tablet/state/office_data.h"
#include "app/tablet/state/open_checklist.h"
#include "app/tablet/state/open_visit.h"
#include "app/tablet/state/sender.h"
#include "app/tablet/state/unlock_page.h"
#include "app/tablet/state/visit_about.h"
#include "app/tablet/state/work.h"
#include "app/words/catalogues.h"
#include "core/vault/vault.h"

namespace vigil::tablet {

class App {
 public:
  App(const vault::Host& host, AppOptions options);
  ~App();

  // Draws one frame and applies what it asked for. True where that changed the screen.
  [[nodiscard]] bool frame(ui::Kit& kit);
  [[nodiscard]] const Model& model();
  void apply(const Command& command, ui::Kit& kit);

  // Opens the vault at once, without the unlock screen, and shows the list of visits.
  [[nodiscard]] Status unlock(const crypto::SecretBytes& passphrase);
  // To the question where somebody was before the vault was locked, where there is one.
  void restore_position(ui::Kit& kit);
  // The neutral screen comes up at once; the keys go now, or as soon as a worker gives them back.
  void lock(ui::Kit& kit);
  // The same at the end of the frame that begins: what is being typed is kept first.
  void hide(ui::Kit& kit);
  [[nodiscard]] bool locked() const { return vault_ == nullptr && !work_.busy(); }
  [[nodiscard]] bool busy() const { return work_.busy() || sender_.running(); }
  // "<visit> <record> <section> <ref>" of the open checklist, as the vault has it for the next
  // start.
  [[nodiscard]] const std::string& position() const { return kept_position_; }
  [[nodiscard]] int scale_percent() const { return options_.scale_percent; }
  [[nodiscard]] bool dark() const { return options_.dark; }

 private:
  enum class Screen {
    kHidden,
    kUnlock,
    kVisits,
    kNewVisit,
    kVisit,
    kChecklist,
    kReview,
    kSealed,
    kBusy,
    kOutbox,
    kSettings,
    kEnrol
  };
  // app.cpp
  void touch() { stale_ = true; }
  void say(std::string text, std::optional<Undo> undo = {});
  void say_error(const Error& error);
  void report(const Status& status);
  void set_language(std::string code);
  void watch_idleness(ui::Kit& kit);
  void watch_toast(ui::Kit& kit);
  void watch_pages(ui::Kit& kit);

  // models.cpp: what the models of the screens are made from
  [[nodiscard]] ScreenModel screen_model();
  [[nodiscard]] VisitsModel visits_screen();
  [[nodiscard]] VisitModel visit_screen();
  [[nodiscard]] ChecklistModel checklist_screen();
  [[nodiscard]] ReviewModel review_screen();
  [[nodiscard]] OutboxModel outbox_screen();
  [[nodiscard]] EnrolModel enrol_screen();

  // long_work.cpp
  using WithVault = std::move_only_function<void(vault::Vault&, Work::Progress&)>;
  using After = std::move_only_function<void(ui::Kit&)>;
  void watch_work(ui::Kit& kit);
  void show_busy(std::string_view title, std::string_view text);
  void work_with_vault(WithVault job, After after);
  void start_unlock();
  void opened(vault::VaultPointer vault);
  void seal();
  void send();
  void watch_sending(ui::Kit& kit);
  void make_vault();
  void change_passphrase();
  void accept_kit();

  // device_commands.cpp
  void keep_setting(std::string_view name, std::string_view value);
  void carried(Outcome outcome, const std::string& folder);
  void save_request(const std::string& folder);
  void read_kit(const std::string& path);
  void open_enrolment();
  void open_outbox();
  void open_settings();
  void set_hub_pin(const std::string& pin);
  void panic(ui::Kit& kit);

  // visit_commands.cpp
  void go_back();
  void open_visit(vault::VisitId visit);
  void review(vault::VisitId visit, ui::Kit& kit);
  void discard(vault::VisitId visit);
  void create_visit();
  void toggle_visit_change();
  void keep_draft();
  void add_checklist(const std::string& form);
  void toggle_urgent(vault::RecordId record, const std::string& ref);

  // checklist_commands.cpp
  void open_record(vault::RecordId record);
  void leave_checklist();
  void keep_position(const std::string& ref);
  void answer(const Result<Reply>& reply, ui::Kit& kit);
  void undo(ui::Kit& kit);
  void go_to(vault::RecordId record, const std::string& ref, ui::Kit& kit);
  void on_media(const MediaCommand& asked, ui::Kit& kit);
  void poll_checklist(ui::Kit& kit);

  vault::Host host_;
  AppOptions options_;
  words::Words words_;
  std::vector<words::InterfaceLanguage> languages_;
  Screen screen_ = Screen::kUnlock;
  Screen shown_screen_ = Screen::kUnlock;                     // in the frame before
  std::unique_ptr<Model> model_ = std::make_unique<Model>();  // as toast_
  bool stale_ = true;
  bool menu_open_ = false;
  bool from_review_ = false;  // the checklist was opened from the review
  std::string show_;          // an item to bring into sight
  // What they hold of answers may be short enough to lie in the strings themselves: on the heap,
  // where freeing overwrites it.
  std::unique_ptr<Toast> toast_;
  Gestures gestures_;
  std::int64_t last_touch_ms_ = 0;
  bool hide_after_frame_ = false;
  bool lock_when_back_ = false;  // Hide was pressed while a worker had the vault
  std::vector<std::string> seen_sticks_;

  UnlockPage unlock_;
  BusyPage busy_;
  DevicePages pages_;
  OfficeData office_;
  FormTitles titles_;
  BlockRevisions revisions_;
  std::string search_;
  Draft draft_;
  std::string sealed_code_;
  std::string kept_position_;  // as the vault has it

  vault::VaultPointer vault_;
  OpenVisit visit_;
  std::unique_ptr<OpenChecklist> checklist_;

  Sender sender_;
  Work work_;  // last: what a job touches outlives it
};

}  // namespace vigil::tablet
