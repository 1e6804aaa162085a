// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/sample_states.h"

#include <fmt/format.h>

namespace vigil::tablet {
namespace {

class States {
 public:
  States(const SampleWords& words, const ChecklistModel& base, SampleTexts& texts,
         SampleSketches& sketches)
      : say_(words), base_(base), texts_(texts), sketches_(sketches) {}

  void add_visits() {
    VisitsModel sending;
    sending.sealed = {{"STONE-35", "14.11.2026", SealedState::kAcknowledged, 100},
                      {"MEADOW-11", "12.11.2026", SealedState::kRefused, 0}};
    sending.waiting = 1;
    sending.sending = say_("Sending…");
    add("visits-sending", sending);
    VisitsModel none;
    none.search = "2019";
    none.filtered = true;
    add("visits-none", none);
    add("new-visit-empty", NewVisitModel{});
    VisitModel visit;
    visit.place = base_.place;
    add("visit-empty", visit);
    ReviewModel nobody;
    nobody.place = base_.place;
    nobody.asked = 59;
    nobody.error = say_("There is not enough room on this tablet to seal the visit.");
    add("review-nobody", nobody);
  }

  void add_device() {
    UnlockModel busy;
    busy.passphrase = texts_.data();
    busy.busy = true;
    busy.busy_text = say_("The visit is still being sealed.");
    add("unlock-busy", busy);
    UnlockModel absent;
    absent.passphrase = texts_.data();
    absent.absent = true;
    add("unlock-absent", absent);
    BusyModel unknown;
    unknown.title = say_("Reading the kit");
    add("busy-unknown", unknown);
    SettingsModel bare;
    bare.old_passphrase = &texts_[0];
    bare.new_passphrase = &texts_[1];
    bare.again = &texts_[2];
    bare.passphrase_done = true;
    bare.version = "0.1.0";
    add("settings-bare", bare);
    OutboxModel done;
    done.entries = {{"STONE-35", "14.11.2026", say_("{0} MB", {"1"}), SealedState::kAcknowledged,
                     100, say_.own("The receipt is kept and verified.")},
                    {"MEADOW-11", "12.11.2026", say_("{0} MB", {"3"}), SealedState::kRefused, 0,
                     say_("The hub does not know this tablet.")}};
    done.outcome = say_("All of it has arrived.");
    add("outbox-done", done);
    EnrolModel enrolled;
    enrolled.new_passphrase = &texts_[1];
    enrolled.again = &texts_[2];
    enrolled.saved = say_("Saved on KINGSTON.");
    enrolled.enrolled = say_.plural("The kit is accepted: {0} checklist.",
                                    "The kit is accepted: {0} checklists.", 13);
    enrolled.office = say_("Enrolled with office, roster version 3");
    add("enrol-done", enrolled);
    EnrolModel refused;
    refused.new_passphrase = &texts_[1];
    refused.again = &texts_[2];
    refused.kit_error = say_("This kit was made by another office than the one this tablet knows.");
    add("enrol-refused", refused);
  }

  void add_questions() {
    ChecklistModel model = base_;
    model.blocks = {
        GroupHeading{"/data/g", say_("Conditions")},
        result(),
        card("read", Control::kAcknowledge, say_("This talk is private. Nobody has to answer.")),
        note(),
        required(),
        moment("day", Control::kDate),
        moment("hour", Control::kTime),
        shown_only()};
    model.last_section = true;
    add("questions-kinds", model);
    ChecklistModel settled = base_;
    settled.blocks = {note()};
    add("checklist-settled", settled);
  }

  void add_media() {
    MediaModel recorded = page(MediaPage::kSound, FileKind::kSound);
    recorded.recorded = true;
    add_page("media-recorded", recorded);
    add_page("media-signature", page(MediaPage::kDrawing, FileKind::kSignature));
    MediaModel annotation = page(MediaPage::kMask, FileKind::kAnnotation);
    annotation.picture = grey();
    add_page("media-annotation", annotation);
    MediaModel stick = page(MediaPage::kFiles, FileKind::kPhoto);
    add_page("media-no-stick", stick);
    stick.folders = {{"/media/a", "STICK", true}};
    add_page("media-no-files", stick);
    MediaModel body = page(MediaPage::kBodyMap, FileKind::kAny);
    body.chosen_mark = 1;
    add_page("media-body-empty", body);
  }

  [[nodiscard]] std::vector<std::pair<std::string, ScreenModel>> take() { return std::move(all_); }

 private:
  void add(std::string name, ScreenModel screen) {
    all_.emplace_back(std::move(name), std::move(screen));
  }
  void add_page(std::string name, MediaModel media) {
    ChecklistModel model = base_;
    model.media = std::move(media);
    add(std::move(name), std::move(model));
  }

  [[nodiscard]] MediaModel page(MediaPage kind, FileKind file) const {
    MediaModel media;
    media.page = kind;
    media.file = file;
    media.ref = "/data/photo";
    media.title = say_("Photo of the window");
    media.sketch = &sketches_[0];
    media.length = "0:42";
    media.can_use_file = true;
    return media;
  }
  [[nodiscard]] static ui::ImagePointer grey() {
    auto image = std::make_shared<ui::Image>();
    image->key = "grey";
    image->width = 32;
    image->height = 20;
    const auto pixels =
        static_cast<std::size_t>(image->width) * static_cast<std::size_t>(image->height);
    image->rgba.assign(pixels * 4, 150);
    return image;
  }

  [[nodiscard]] static QuestionCard card(std::string name, Control control, std::string label) {
    QuestionCard card;
    card.ref = "/data/" + std::move(name);
    card.label = std::move(label);
    card.control = control;
    card.rows.emplace_back();
    card.rows.front().ref = card.ref;
    return card;
  }
  [[nodiscard]] QuestionCard result() const {
    QuestionCard hours = card("hours", Control::kResult, say_("59.8 hours to the judge"));
    hours.limit =
        fmt::format("{}\n{} · {} · {}", say_.own("Outside of the limit."), say_.at_most("48"),
                    say_("international"), say_("draft, not yet checked"));
    hours.limit_about = say_("Detention to judge · 48 h · international · HRC General Comment 35");
    hours.limit_exceeded = true;
    return hours;
  }
  [[nodiscard]] QuestionCard note() const {
    return card("note", Control::kNote, say_("Now the cells, one by one."));
  }
  [[nodiscard]] QuestionCard required() const {
    QuestionCard needed = card("who", Control::kText, say_("Who opened the door?"));
    needed.required = true;
    needed.hint = say_("A role, never a name");
    needed.guidance = say_("The person who had the key, whoever spoke.");
    needed.standard = "Mandela Rule 84";
    needed.note_open = true;
    return needed;
  }
  [[nodiscard]] QuestionCard moment(std::string name, Control control) const {
    return card(std::move(name), control, say_("When was it?"));
  }
  [[nodiscard]] QuestionCard shown_only() const {
    QuestionCard fixed = card("code", Control::kDecimal, say_("Entries looked at"));
    fixed.readonly = true;
    fixed.rows[0].value = "12.5";
    fixed.unit = "%";
    return fixed;
  }

  const SampleWords& say_;
  const ChecklistModel& base_;
  SampleTexts& texts_;
  SampleSketches& sketches_;
  std::vector<std::pair<std::string, ScreenModel>> all_;
};

}  // namespace

std::vector<std::pair<std::string, ScreenModel>> sample_states(const SampleWords& say,
                                                               const ChecklistModel& base,
                                                               SampleTexts& texts,
                                                               SampleSketches& sketches) {
  States states(say, base, texts, sketches);
  states.add_visits();
  states.add_device();
  states.add_questions();
  states.add_media();
  return states.take();
}

}  // namespace vigil::tablet
