// SPDX-License-Identifier: Apache-2.0
//
// What the open checklist answers, carried to the screen and its position.
#include "app/tablet/state/app.h"
#include "app/tablet/state/overview.h"

namespace vigil::tablet {

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

void App::undo() {
  if (!checklist_ || !toast_ || !toast_->undo) return;
  const Undo earlier = *toast_->undo;
  toast_.reset();
  report(checklist_->answers.undo(earlier));
}

// On the page of a visit, where no checklist is open.
void App::toggle_urgent(std::int64_t record, const std::string& ref) {
  const auto flags = vault::flags(*vault_, vault::RecordId{record});
  if (!flags) return say_error(flags.error());
  for (vault::Flag flag : *flags) {
    if (flag.kind != vault::FlagKind::kFinding || flag.ref != ref) continue;
    flag.text = flag.text == kUrgent ? "" : kUrgent;
    report(vault::set_flag(*vault_, vault::RecordId{record}, flag));
  }
}

void App::go_to(std::int64_t record, const std::string& ref, ui::Kit& kit) {
  const bool from_review = screen_ == Screen::kReview;
  open_record(record);
  if (!checklist_) return;
  from_review_ = from_review;
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
  const auto polled = checklist_->media.poll(kit.now_ms());
  if (polled.changed) touch();
  if (polled.wake_ms >= 0) kit.wake_in(polled.wake_ms);
  // A page that is being looked at is not left alone.
  if (polled.in_use) last_touch_ms_ = kit.now_ms();
  answer(polled.reply, kit);
  if (checklist_->pictures.begin_frame(kit.now_ms())) touch();
}

}  // namespace vigil::tablet
