// SPDX-License-Identifier: Apache-2.0
//
// A checklist is opened, left and found again; what it answers is carried to the screen.
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "app/tablet/state/app.h"
#include "app/tablet/state/setting_names.h"
#include "core/vault/settings.h"
#include "core/vault/visits.h"

namespace vigil::tablet {

void App::open_record(vault::RecordId record) {
  draft_.leave_open();
  visit_.views.forget(record);
  const auto kept = vault::record(*vault_, record);
  if (!kept) return say_error(kept.error());
  auto checklist = visit::Checklist::resume(*vault_, host_.clock, record, &visit_.forms);
  if (!checklist) return say_error(checklist.error());
  checklist_ = std::make_unique<OpenChecklist>(std::move(*checklist), *vault_, host_, words_,
                                               office_.limits, options_);
  ChecklistAnswers& answers = checklist_->answers;
  const std::string chosen = setting(*vault_, kFormLanguageSetting);
  report(answers.begin(kept->language.empty() ? chosen : kept->language, options_.language));
  // From now on it does not follow the screen's.
  const std::string& language = answers.session().language();
  if (kept->language.empty() && !language.empty()) {
    report(vault::set_language(*vault_, record, language));
  }
  screen_ = Screen::kChecklist;
  const Reply back = answers.come_back(kept->position);
  show_ = back.reveal;
  keep_position(back.at.value_or(""));
}

void App::leave_checklist() {
  if (!checklist_) return;
  // Where there is room now, nothing is left behind.
  report(checklist_->answers.save_unsaved());
  report(checklist_->answers.stored().keep_progress());
  // What can be taken back is of this checklist; another one may have a question of that name.
  if (toast_ && toast_->undo) toast_.reset();
  checklist_.reset();
  touch();
}

// Where the person is in this checklist ("<section> <ref>", in its record), and which one it is
// ("<visit> <record>", for the next start), so that a crash or a lock ends there too. Written when
// it changes; most answers are on a card that it names already.
void App::keep_position(const std::string& ref) {
  if (!checklist_) return;
  ChecklistAnswers& answers = checklist_->answers;
  const vault::RecordId record = answers.stored().record();
  const std::string open = fmt::format("{} {}", visit_.id.value, record.value);
  const std::string place = fmt::format("{} {}", answers.section(), ref);
  std::string position = open + " " + place;
  if (position == kept_position_) return;
  // Where this fails nothing is said, and the next answer tries again: the answer before it is
  // kept, and who hears that the last step was not saved would tap it once more, which clears it.
  if (!vault::set_position(*vault_, record, place)) return;
  if (!kept_position_.starts_with(open + " ") &&
      !vault::put_setting(*vault_, kPositionSetting, as_bytes(open))) {
    return;
  }
  kept_position_ = std::move(position);
}

void App::restore_position(ui::Kit& kit) {
  std::istringstream position(setting(*vault_, kPositionSetting));
  std::int64_t visit = 0;
  std::int64_t record = 0;
  if (!(position >> visit >> record)) return;
  const auto kept = vault::record(*vault_, vault::RecordId{record});
  // Sealed or discarded since.
  if (!kept && kept.error().kind != ErrorKind::kNotFound) return say_error(kept.error());
  if (!kept || kept->visit.value != visit) return keep_setting(kPositionSetting, "");
  visit_.show(kept->visit);
  open_record(vault::RecordId{record});
  if (!show_.empty()) kit.reveal(std::exchange(show_, {}));
}

void App::answer(const Result<Reply>& reply, ui::Kit& kit) {
  if (!reply) return say_error(reply.error());
  if (reply->at) keep_position(*reply->at);
  if (!reply->said.empty()) {
    say(reply->said, reply->undo);
  } else if (reply->answered && toast_ && toast_->undo) {
    toast_.reset();
  }
  if (!reply->reveal.empty()) kit.reveal(reply->reveal, reply->where);
}

void App::undo(ui::Kit& kit) {
  if (!checklist_ || !toast_ || !toast_->undo) return;
  const Undo earlier = *toast_->undo;
  toast_.reset();
  answer(checklist_->answers.undo(earlier), kit);
}

void App::go_to(vault::RecordId record, const std::string& ref, ui::Kit& kit) {
  const bool from_review = screen_ == Screen::kReview;
  open_record(record);
  if (!checklist_) return;
  from_review_ = from_review;
  show_.clear();
  answer(checklist_->answers.go_to(ref), kit);
}

void App::on_media(const MediaCommand& asked, ui::Kit& kit) {
  if (!checklist_) return;
  if (const auto* const show = std::get_if<media::Show>(&asked)) {
    return checklist_->pictures.want(show->name, kit.now_ms());
  }
  answer(checklist_->media.carry_out(asked, kit.now_ms()), kit);
}

// Before the frame is drawn.
void App::poll_checklist(ui::Kit& kit) {
  if (!checklist_ || !vault_) return;
  int wake_ms = -1;
  if (checklist_->answers.poll(kit.now_ms(), wake_ms)) touch();
  if (wake_ms >= 0) kit.wake_in(wake_ms);
  const auto polled = checklist_->media.poll(kit.now_ms());
  if (polled.changed) touch();
  if (polled.wake_ms >= 0) kit.wake_in(polled.wake_ms);
  // A page that is being looked at is not left alone.
  if (polled.in_use) last_touch_ms_ = kit.now_ms();
  answer(polled.reply, kit);
  if (checklist_->pictures.begin_frame(kit.now_ms())) touch();
}

}  // namespace vigil::tablet
