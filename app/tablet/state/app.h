// SPDX-License-Identifier: Apache-2.0
//
// The tablet app between vault and screen: makes the model, carries commands out. Every answer is
// on the medium before the next frame. The vault belongs to one thread at a time: short steps are
// done on the screen's; what takes long (deriving the key, sealing, a kit) goes to a worker, vault
// and all, and comes back with it (work.h). Sending has a thread that never touches it (sender.h).
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "app/tablet/screens/commands.h"
#include "app/tablet/screens/draw.h"
#include "app/tablet/screens/model.h"
#include "app/tablet/state/app_parts.h"
#include "app/tablet/state/block_revisions.h"
#include "app/tablet/state/open_checklist.h"
#include "app/tablet/state/places.h"
#include "app/tablet/state/record_views.h"
#include "app/tablet/state/sender.h"
#include "app/tablet/state/visit_about.h"
#include "app/tablet/state/work.h"
#include "app/visit/checklist.h"
#include "app/words/catalogues.h"
#include "core/trust/enrolment.h"
#include "core/vault/forms_store.h"
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
  [[nodiscard]] Chrome chrome() const;
  [[nodiscard]] ScreenModel screen_model();
  void watch_idleness(ui::Kit& kit);
  void watch_gestures(ui::Kit& kit);
  void touch() { stale_ = true; }
  void say(std::string text, std::optional<Undo> undo = {});
  void say_error(const Error& error);
  void forget_sentences();
  void watch_pages(ui::Kit& kit);
  void report(const Status& status);
  void set_language(std::string code);

  // long_work.cpp
  using WithVault = std::move_only_function<void(vault::Vault&, Work::Progress&)>;
  using After = std::move_only_function<void(ui::Kit&)>;
  void watch_work(ui::Kit& kit);
  void work_with_vault(std::string title, std::string text, WithVault job, After after);
  void start_unlock();
  void opened(vault::VaultPointer vault);
  void unlock_failed(const Error& error);
  void seal();
  void send();
  void watch_sending(ui::Kit& kit);
  void make_vault();
  void change_passphrase();
  void accept_kit();

  // device_models.cpp
  [[nodiscard]] UnlockModel unlock_model();
  [[nodiscard]] BusyModel busy_model();
  [[nodiscard]] HubModel hub_model() const;
  [[nodiscard]] OutboxModel outbox_model();
  [[nodiscard]] SettingsModel settings_model();
  [[nodiscard]] EnrolModel enrol_model();
  [[nodiscard]] trust::WordLanguage word_language() const;
  [[nodiscard]] Result<crypto::minisign::SecretKey> device_key() const;

  // device_commands.cpp
  void load_kit();
  void load_settings();
  void keep_setting(std::string_view name, std::string_view value);
  [[nodiscard]] std::string setting(std::string_view name) const;
  void carry_out(const std::string& folder);
  void carry_in(const std::string& folder);
  void save_request(const std::string& folder);
  void read_kit(const std::string& path);
  void open_enrolment();
  void open_outbox();
  void open_settings();
  void set_hub_pin(const std::string& pin);
  void use_office_hub();
  void panic(ui::Kit& kit);

  // models.cpp
  [[nodiscard]] VisitsModel visits_model();
  [[nodiscard]] NewVisitModel new_visit_model();
  [[nodiscard]] VisitModel visit_model();
  [[nodiscard]] Result<bool> gather_views(std::int64_t pause_ms);
  [[nodiscard]] ChecklistModel checklist_screen();
  [[nodiscard]] ReviewModel review_model();
  [[nodiscard]] std::string reader_words(std::string_view role) const;
  [[nodiscard]] std::string form_title(const vault::FormSummary& form) const;
  [[nodiscard]] std::vector<ui::Option> form_options(const std::set<std::string>& chosen,
                                                     bool interviews) const;

  // visit_commands.cpp
  void open_visit(std::int64_t visit);
  void open_record(std::int64_t record);
  void leave_checklist();
  void go_back();
  void create_visit();
  void toggle_visit_change();
  void end_visit_change();
  void change_visit(const std::function<void(Draft&)>& change);
  void add_checklist(const std::string& form);
  void keep_position(const std::string& ref);

  // checklist_commands.cpp
  void answer(const Result<Reply>& reply, ui::Kit& kit);
  void undo();
  void toggle_urgent(std::int64_t record, const std::string& ref);
  void go_to(std::int64_t record, const std::string& ref, ui::Kit& kit);
  void on_media(const MediaCommand& asked, ui::Kit& kit);
  void poll_checklist(ui::Kit& kit);

  vault::Host host_;
  AppOptions options_;
  words::Words words_;
  std::vector<words::InterfaceLanguage> languages_;
  Screen screen_ = Screen::kUnlock;
  Model model_;
  bool stale_ = true;
  bool menu_open_ = false;
  std::optional<Toast> toast_;
  std::int64_t last_touch_ms_ = 0;
  bool swiping_ = false;  // down from the top edge
  bool hide_after_frame_ = false;
  int panic_presses_ = 0;
  std::int64_t last_panic_ms_ = 0;

  ui::SecretText passphrase_;
  std::array<ui::SecretText, 3> change_;  // old, new, new again; enrolment uses the last two
  std::string unlock_error_;
  std::int64_t unlock_wait_until_ms_ = 0;  // after wrong passphrases; 0: none
  bool unlocking_ = false;
  std::optional<Busy> busy_;
  bool lock_when_back_ = false;  // Hide was pressed while a worker had the vault

  vault::VaultPointer vault_;
  std::unique_ptr<OpenChecklist> checklist_;
  BlockRevisions revisions_;
  vault::VisitId visit_;
  visit::OpenForms open_forms_;
  RecordViews views_;  // of the checklists of visit_
  // By id, version and language of the screen.
  mutable std::map<std::tuple<std::string, std::string, std::string>, std::string> form_titles_;
  std::string search_;
  Draft draft_;
  bool changing_visit_ = false;
  std::string sealed_code_;
  std::string review_error_;
  bool from_review_ = false;               // the checklist was opened from the review
  std::string show_;                       // an item to bring into sight
  Screen shown_screen_ = Screen::kUnlock;  // in the frame before
  std::vector<std::string> seen_sticks_;
  Outbox outbox_;
  Enrol enrol_;
  PassphraseChange passphrase_change_;

  std::vector<Limit> all_limits_;  // of the kit
  std::vector<Limit> limits_;      // those for the country chosen
  std::vector<Place> places_;      // of the kit
  std::string country_;
  trust::Policy policy_;  // as of the last unlock; erasing works on a locked tablet too
  HubEntry hub_entry_;
  int retention_days_ = 0;     // of sealed visits after their receipt, by the roster
  std::string kept_position_;  // as the vault has it

  Sender sender_;
  Work work_;  // last: what a job touches outlives it
};

}  // namespace vigil::tablet
