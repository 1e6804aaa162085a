// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/sample_states.h"

namespace vigil::tablet {
namespace {

class States {
 public:
  States(bool russian, const ChecklistModel& base, SampleTexts& texts, SampleSketches& sketches)
      : russian_(russian), base_(base), texts_(texts), sketches_(sketches) {}

  void add_visits() {
    VisitsModel sending;
    sending.sealed = {{"STONE-35", "14.11.2026", SealedState::kAcknowledged, 100},
                      {"MEADOW-11", "12.11.2026", SealedState::kRefused, 0}};
    sending.waiting = 1;
    sending.sending = say("Sending…", "Отправка…");
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
    nobody.error = say("There is not enough room on this tablet to seal the visit.",
                       "На планшете не хватает места, чтобы запечатать посещение.");
    add("review-nobody", nobody);
  }

  void add_device() {
    UnlockModel busy;
    busy.passphrase = texts_.data();
    busy.busy = true;
    busy.busy_text = say("The visit is still being sealed.", "Посещение ещё запечатывается.");
    add("unlock-busy", busy);
    UnlockModel absent;
    absent.passphrase = texts_.data();
    absent.absent = true;
    add("unlock-absent", absent);
    BusyModel unknown;
    unknown.title = say("Reading the kit", "Чтение комплекта");
    add("busy-unknown", unknown);
    SettingsModel bare;
    bare.old_passphrase = &texts_[0];
    bare.new_passphrase = &texts_[1];
    bare.again = &texts_[2];
    bare.passphrase_done = true;
    bare.version = "0.1.0";
    add("settings-bare", bare);
    OutboxModel done;
    done.entries = {{"STONE-35", "14.11.2026", say("1 MB", "1 МБ"), SealedState::kAcknowledged, 100,
                     say("The receipt is kept and verified.", "Квитанция проверена и хранится.")},
                    {"MEADOW-11", "12.11.2026", say("3 MB", "3 МБ"), SealedState::kRefused, 0,
                     say("The hub does not know this tablet.", "Хаб не знает этого планшета.")}};
    done.outcome = say("All of it has arrived.", "Всё дошло.");
    add("outbox-done", done);
    EnrolModel enrolled;
    enrolled.new_passphrase = &texts_[1];
    enrolled.again = &texts_[2];
    enrolled.saved = say("Saved on KINGSTON.", "Сохранено на KINGSTON.");
    enrolled.enrolled = say("The kit is accepted: 13 checklists.", "Комплект принят: 13 анкет.");
    enrolled.office = say("Enrolled with office, roster version 3",
                          "Зарегистрирован офисом office, реестр версии 3");
    add("enrol-done", enrolled);
    EnrolModel refused;
    refused.new_passphrase = &texts_[1];
    refused.again = &texts_[2];
    refused.kit_error = say("This kit was made by another office than the one this tablet knows.",
                            "Этот комплект сделал не тот офис, который знает планшет.");
    add("enrol-refused", refused);
  }

  void add_questions() {
    ChecklistModel model = base_;
    model.blocks = {GroupHeading{"/data/g", say("Conditions", "Условия")},
                    result(),
                    card("read", Control::kAcknowledge,
                         say("This talk is private. Nobody has to answer.",
                             "Беседа наедине. Отвечать никто не обязан.")),
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
  [[nodiscard]] std::string say(std::string_view english, std::string_view russian) const {
    return std::string(russian_ ? russian : english);
  }
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
    media.title = say("Photo of the window", "Фото окна");
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
    image->rgba.assign(static_cast<std::size_t>(image->width * image->height * 4), 150);
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
    QuestionCard hours =
        card("hours", Control::kResult, say("59.8 hours to the judge", "59,8 ч до судьи"));
    hours.limit =
        say("Outside of the limit.\nLimit: at most 48 h · international · draft, not yet checked",
            "За пределом.\nПредел: не более 48 ч · международный · черновик, ещё не проверено");
    hours.limit_about = say("Detention to judge · 48 h · international · HRC General Comment 35",
                            "От задержания до судьи · 48 ч · международный · Замечание общего "
                            "порядка 35 КПЧ");
    hours.limit_exceeded = true;
    return hours;
  }
  [[nodiscard]] QuestionCard note() const {
    return card("note", Control::kNote,
                say("Now the cells, one by one.", "Теперь камеры, по одной."));
  }
  [[nodiscard]] QuestionCard required() const {
    QuestionCard needed =
        card("who", Control::kText, say("Who opened the door?", "Кто открыл дверь?"));
    needed.required = true;
    needed.hint = say("A role, never a name", "Должность, не имя");
    needed.guidance = say("The person who had the key, whoever spoke.",
                          "Тот, у кого был ключ, кто бы ни говорил.");
    needed.standard = "Mandela Rule 84";
    needed.note_open = true;
    return needed;
  }
  [[nodiscard]] QuestionCard moment(std::string name, Control control) const {
    return card(std::move(name), control, say("When was it?", "Когда это было?"));
  }
  [[nodiscard]] QuestionCard shown_only() const {
    QuestionCard fixed =
        card("code", Control::kDecimal, say("Entries looked at", "Просмотрено записей"));
    fixed.readonly = true;
    fixed.rows[0].value = "12.5";
    fixed.unit = "%";
    return fixed;
  }

  bool russian_;
  const ChecklistModel& base_;
  SampleTexts& texts_;
  SampleSketches& sketches_;
  std::vector<std::pair<std::string, ScreenModel>> all_;
};

}  // namespace

std::vector<std::pair<std::string, ScreenModel>> sample_states(bool russian,
                                                               const ChecklistModel& base,
                                                               SampleTexts& texts,
                                                               SampleSketches& sketches) {
  States states(russian, base, texts, sketches);
  states.add_visits();
  states.add_device();
  states.add_questions();
  states.add_media();
  return states.take();
}

}  // namespace vigil::tablet
