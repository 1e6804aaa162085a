// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/app.h"

#include <utility>

#include "app/tablet/state/error_words.h"
#include "app/tablet/state/sticks.h"
#include "core/vault/settings.h"
#include "platform/language.h"

namespace vigil::tablet {
namespace {

constexpr std::int64_t kToast_ms = 5000;

}  // namespace

App::App(const vault::Host& host, AppOptions options)
    : host_(host),
      options_(std::move(options)),
      languages_(words::interface_languages(host.files)),
      sender_(options_.wake),
      work_(options_.wake) {
  if (options_.language.empty()) options_.language = platform::system_language();
  set_language(options_.language);
}

App::~App() = default;

// By value: the code may be options_.language itself.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
void App::set_language(std::string code) {
  options_.language = "en";
  for (const words::InterfaceLanguage& language : languages_) {
    if (language.code == code) options_.language = language.code;
  }
  words_ = words::load_words(host_.files, options_.language);
  revisions_.change_words();
  touch();
}

void App::lock(ui::Kit& kit) {
  leave_checklist();
  sender_.stop();
  kit.forget();
  unlock_.passphrase.clear();
  unlock_.wait_until_ms = 0;
  if (vault_) vault_->lock();
  vault_.reset();
  lock_when_back_ = work_.busy();
  for (std::string* text :
       {&draft_.place, &draft_.looked_for, &draft_.kind, &search_, &visit_.review_error}) {
    ui::wipe_text(*text);
  }
  draft_ = {};
  visit_ = {};
  pages_.lock();
  office_.lock();
  toast_.reset();
  model_ = std::make_unique<Model>();
  menu_open_ = false;
  kept_position_.clear();
  from_review_ = false;
  show_.clear();
  screen_ = Screen::kHidden;
  touch();
}

// What is being typed comes with this frame's commands, then the keys go.
void App::hide(ui::Kit& kit) {
  kit.leave_field();
  hide_after_frame_ = true;
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

void App::watch_toast(ui::Kit& kit) {
  if (toast_ && kit.now_ms() >= toast_->until_ms) {
    toast_.reset();
    touch();
  }
  if (toast_) kit.wake_in(static_cast<int>(toast_->until_ms - kit.now_ms()));
}

void App::say(std::string text, std::optional<Undo> undo) {
  toast_ = std::make_unique<Toast>(std::move(text), host_.clock.monotonic_ms() + kToast_ms,
                                   std::move(undo));
  touch();
}

void App::say_error(const Error& error) {
  say(error_words(words_, error));
}

void App::report(const Status& status) {
  if (!status) say_error(status.error());
}

const Model& App::model() {
  if (stale_) {
    // The screen first: what it reads may fail and say so.
    model_->screen = screen_model();
    const bool asks = screen_ == Screen::kChecklist && checklist_;
    model_->chrome = chrome_model(options_, languages_,
                                  asks ? &checklist_->answers.session() : nullptr, toast_.get());
    model_->chrome.menu_open = menu_open_;
    stale_ = false;
  }
  return *model_;
}

// Another page begins at its top. Sticks come and go while the pages that list them are open.
void App::watch_pages(ui::Kit& kit) {
  constexpr int kLookForSticks_ms = 2000;
  if (std::exchange(shown_screen_, screen_) != screen_) kit.to_top(kPageScroll);
  if (screen_ == Screen::kEnrol || screen_ == Screen::kOutbox) {
    const std::vector<std::string> folders =
        vault_ ? stick_folders(options_.media_roots) : std::vector<std::string>();
    if (folders != seen_sticks_) {
      seen_sticks_ = folders;
      touch();
    }
    kit.wake_in(kLookForSticks_ms);
  }
  if (screen_ == Screen::kUnlock && unlock_.wait_until_ms > 0) {
    touch();
    kit.wake_in(1000);
    if (host_.clock.monotonic_ms() >= unlock_.wait_until_ms) unlock_.wait_until_ms = 0;
  }
}

bool App::frame(ui::Kit& kit) {
  watch_work(kit);
  watch_sending(kit);
  watch_idleness(kit);
  const Gestures::Seen seen = gestures_.watch(kit);
  if (seen.hide) hide(kit);
  if (seen.panic) panic(kit);
  poll_checklist(kit);
  watch_toast(kit);
  watch_pages(kit);
  kit.set_theme(options_.dark ? ui::dark_theme() : ui::light_theme());
  Commands commands;
  draw({kit, words_, commands}, model());
  bool changed = false;
  for (const Command& command : commands) {
    const auto* const media = std::get_if<command::OnMedia>(&command);
    const auto* const show = media == nullptr ? nullptr : std::get_if<media::Show>(&media->asked);
    if (show != nullptr) {
      on_media(*show, kit);
      continue;
    }
    apply(command, kit);
    changed = true;
  }
  if (!show_.empty()) kit.reveal(std::exchange(show_, {}));
  const int wake_ms = checklist_ ? checklist_->pictures.wake_ms(kit.now_ms()) : -1;
  if (wake_ms >= 0) kit.wake_in(wake_ms);
  const auto* const visit = std::get_if<VisitModel>(&model_->screen);
  if (visit != nullptr && visit->gathering && !changed) {
    touch();
    kit.wake_in(1);
  }
  const bool hide = std::exchange(hide_after_frame_, false) && (vault_ || work_.busy());
  if (hide) lock(kit);
  return hide || changed;
}

}  // namespace vigil::tablet
