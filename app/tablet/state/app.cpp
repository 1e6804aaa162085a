// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/app.h"

#include <chrono>

#include <fmt/format.h>

#include "app/visit/roster_store.h"
#include "core/trust/kit.h"
#include "core/vault/settings.h"
#include "platform/language.h"

namespace vigil::tablet {
namespace {

constexpr std::int64_t kToast_ms = 5000;

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

}  // namespace

App::App(const vault::Host& host, AppOptions options)
    : host_(host), options_(std::move(options)), languages_(ui::interface_languages(host.files)) {
  if (options_.language.empty()) options_.language = platform::system_language();
  set_language(options_.language);
  if (!vault::vault_exists(host_, options_.folder)) {
    unlock_error_ = words_(
        "There is no vault here yet. Enrol this tablet first: vigilctl device init, then device "
        "request and accept.");
  }
}

App::~App() {
  if (opening_.valid()) opening_.wait();
}

// By value: the code may be options_.language itself.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
void App::set_language(std::string code) {
  options_.language = "en";
  for (const ui::InterfaceLanguage& language : languages_) {
    if (language.code == code) options_.language = language.code;
  }
  words_ = ui::load_words(host_.files, options_.language);
  touch();
}

Status App::unlock(const crypto::SecretBytes& passphrase) {
  VIGIL_ASSIGN(auto vault, vault::open_vault(host_, options_.folder, passphrase));
  opened(std::move(vault));
  return {};
}

void App::opened(vault::VaultPointer vault) {
  vault_ = std::move(vault);
  load_limits();
  unlock_error_.clear();
  screen_ = Screen::kVisits;
  last_touch_ms_ = host_.clock.monotonic_ms();
  touch();
}

// A tablet without a kit, or a kit without limits, shows none.
void App::load_limits() {
  limits_.clear();
  const auto archive = vault::get_setting(*vault_, vault::kKitSetting);
  const auto root = visit::pinned_root(*vault_);
  if (!archive || !*archive || !root) return;
  const auto kit = trust::read_kit(**archive, *root);
  if (!kit) return;
  for (const bundle::Member& file : kit->kit.files) {
    if (file.name == "limits.csv") limits_ = parse_limits(as_text(file.content));
  }
}

void App::take_unlocked(ui::Kit& kit) {
  if (!opening_.valid()) return;
  if (opening_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
    kit.wake_in(30);
    return;
  }
  Result<vault::VaultPointer> vault = opening_.get();
  passphrase_.clear();
  touch();
  if (vault) {
    kit.forget();
    opened(std::move(*vault));
  } else {
    unlock_error_ = vault.error().code == "vault.passphrase"
                        ? std::string(words_("This passphrase opens nothing here. Check the "
                                             "keyboard's language and try again."))
                        : vault.error().message;
  }
}

void App::lock(ui::Kit& kit) {
  leave_checklist();
  kit.forget();
  passphrase_.clear();
  if (vault_) vault_->lock();
  vault_.reset();
  draft_ = {};
  search_.clear();
  toast_.reset();
  nodes_.clear();
  flags_.clear();
  model_ = {};
  menu_open_ = false;
  screen_ = Screen::kHidden;
  touch();
}

// A tablet put down locks itself; what was being typed is handed over by the frame before.
void App::watch_idleness(ui::Kit& kit) {
  const std::int64_t now = kit.now_ms();
  if (kit.event().kind != ui::InputEvent::Kind::kNone) last_touch_ms_ = now;
  if (!vault_) return;
  const std::int64_t left = last_touch_ms_ + options_.lock_after_ms - now;
  if (left <= 0) {
    lock(kit);
    return;
  }
  kit.wake_in(static_cast<int>(std::min<std::int64_t>(left, 60'000)));
}

void App::say(std::string text, std::optional<Undo> undo) {
  toast_ = Toast{std::move(text), host_.clock.monotonic_ms() + kToast_ms, std::move(undo)};
  touch();
}

void App::say_error(const Error& error) {
  say(error.message);
}

void App::report(const Status& status) {
  if (!status) say_error(status.error());
}

Chrome App::chrome() const {
  Chrome chrome;
  chrome.menu_open = menu_open_;
  chrome.dark = options_.dark;
  chrome.scale_percent = options_.scale_percent;
  for (const ui::InterfaceLanguage& language : languages_) {
    const bool chosen = language.code == options_.language;
    chrome.languages.push_back({language.code, language.label, chosen});
    if (!chosen) continue;
    for (const char letter : language.code) {
      chrome.language_badge += static_cast<char>(letter - 'a' + 'A');
    }
  }
  if (screen_ == Screen::kChecklist && checklist_) {
    for (const std::string& name : checklist_->session().form().languages()) {
      chrome.form_languages.push_back({name, name, name == checklist_->session().language()});
    }
  }
  if (toast_) {
    chrome.toast = toast_->text;
    chrome.can_undo = toast_->undo.has_value();
  }
  return chrome;
}

ScreenModel App::screen_model() {
  switch (screen_) {
    case Screen::kHidden: {
      const WallTime now = host_.clock.now();
      const std::int64_t minutes = now.ms / 60'000 + host_.clock.utc_offset_minutes(now);
      return HiddenModel{fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60)};
    }
    case Screen::kUnlock:
      break;
    case Screen::kVisits:
      return visits_model();
    case Screen::kNewVisit:
      return new_visit_model();
    case Screen::kVisit:
      return visit_model();
    case Screen::kChecklist:
      return checklist_screen();
    case Screen::kReview:
      return review_model();
    case Screen::kSealed:
      return SealedModel{sealed_code_};
  }
  UnlockModel unlock;
  unlock.passphrase = &passphrase_;
  unlock.busy = opening_.valid();
  unlock.error = unlock_error_;
  unlock.absent = !vault::vault_exists(host_, options_.folder);
  return unlock;
}

const Model& App::model() {
  if (stale_) {
    // The screen first: what it reads may fail and say so.
    model_.screen = screen_model();
    model_.chrome = chrome();
    stale_ = false;
  }
  return model_;
}

bool App::frame(ui::Kit& kit) {
  take_unlocked(kit);
  watch_idleness(kit);
  if (toast_ && kit.now_ms() >= toast_->until_ms) {
    toast_.reset();
    touch();
  }
  if (toast_) kit.wake_in(static_cast<int>(toast_->until_ms - kit.now_ms()));
  kit.set_theme(options_.dark ? ui::dark_theme() : ui::light_theme());
  Commands commands;
  draw({kit, words_, commands}, model());
  for (const Command& command : commands) apply(command, kit);
  return !commands.empty();
}

void App::apply(const Command& command, ui::Kit& kit) {
  touch();
  std::visit(
      Overloaded{
          [&](const command::Unlock&) {
            if (opening_.valid()) return;
            unlock_error_.clear();
            // The passphrase goes with the task and is wiped with it.
            opening_ = std::async(
                std::launch::async,
                [host = host_, folder = options_.folder,
                 passphrase = std::make_shared<crypto::SecretBytes>(passphrase_.copy())] {
                  return vault::open_vault(host, folder, *passphrase);
                });
          },
          [&](const command::Lock&) { lock(kit); },
          [&](const command::ShowUnlock&) { screen_ = Screen::kUnlock; },
          [&](const command::Back&) { go_back(); },
          [&](const command::ToggleMenu&) { menu_open_ = !menu_open_; },
          [&](const command::ChooseLanguage& choice) {
            set_language(choice.code);
            if (vault_) {
              report(vault::put_setting(*vault_, vault::kLanguageSetting,
                                        as_bytes(options_.language)));
            }
          },
          [&](const command::ChooseFormLanguage& choice) {
            if (checklist_) repeat_changed(checklist_->set_language(choice.name));
          },
          [&](const command::ChooseTheme& choice) { options_.dark = choice.dark; },
          [&](const command::ChooseScale& choice) { options_.scale_percent = choice.percent; },
          [&](const command::Search& search) { search_ = search.text; },
          [&](const command::OpenVisit& open) { open_visit(open.visit); },
          [&](const command::ReviewVisit& review) {
            leave_checklist();
            if (review.visit != 0) visit_.value = review.visit;
            review_error_.clear();
            screen_ = Screen::kReview;
          },
          [&](const command::NewVisit&) { screen_ = Screen::kNewVisit; },
          [&](const command::SetPlace& place) { draft_.place = place.place; },
          [&](const command::ChooseKind& kind) { draft_.kind = kind.kind; },
          [&](const command::ToggleForm& form) {
            if (!draft_.forms.erase(form.form)) draft_.forms.insert(form.form);
          },
          [&](const command::CreateVisit&) { create_visit(); },
          [&](const command::OpenRecord& open) { open_record(open.record); },
          [&](const command::AddChecklist& add) { add_checklist(add.form); },
          [&](const command::ToggleRail&) { rail_open_ = !rail_open_; },
          [&](const command::OpenSection& open) {
            section_ = open.section;
            rail_open_ = false;
          },
          [&](const command::Jump& to) { jump(to.to, kit); },
          [&](const command::GoTo& to) { go_to(to.record, to.ref, kit); },
          [&](const command::SetAnswer& answer) { set_answer(answer.ref, answer.value); },
          [&](const command::SetNow& now) { set_now(now.ref); },
          [&](const command::Undo&) { undo(); },
          [&](const command::AddRepeat& add) {
            if (checklist_) repeat_changed(checklist_->add_repeat(add.ref));
          },
          [&](const command::RemoveRepeat& remove) {
            if (checklist_) repeat_changed(checklist_->remove_repeat(remove.ref));
          },
          [&](const command::ToggleLater& later) {
            toggle_flag(later.ref, vault::FlagKind::kLater);
          },
          [&](const command::ToggleFinding& finding) {
            toggle_flag(finding.ref, vault::FlagKind::kFinding);
          },
          [&](const command::OpenNote& note) { open_notes_.insert(note.ref); },
          [&](const command::SetNote& note) {
            set_flag(note.ref, vault::FlagKind::kNote, note.text);
          },
          [&](const command::Seal&) { seal(); }},
      command);
}

}  // namespace vigil::tablet
