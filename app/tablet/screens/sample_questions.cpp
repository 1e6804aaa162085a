// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/sample_questions.h"

#include <fmt/format.h>

namespace vigil::tablet {
namespace {

class Questions {
 public:
  explicit Questions(const SampleWords& words) : say_(words) {}

  [[nodiscard]] QuestionCard card(std::string name, Control control, std::string label) const {
    QuestionCard card;
    card.ref = "/data/" + std::move(name);
    card.label = std::move(label);
    card.control = control;
    QuestionRow row;
    row.ref = card.ref;
    card.rows = {row};
    return card;
  }

  [[nodiscard]] std::vector<Block> choices() const {
    QuestionCard searched = card("region", Control::kOne, say_("Region"));
    for (int number = 1; number <= 14; ++number) {
      searched.rows[0].options.push_back(
          {fmt::format("r{}", number), say_("Region {0}", {std::to_string(number)}), number == 3});
    }
    QuestionCard folded = card("shift", Control::kOne, say_("Who was on duty?"));
    folded.layout = ChoiceLayout::kFolded;
    folded.rows[0].options = {{"day", say_("Day shift"), true},
                              {"night", say_("Night shift"), false}};
    QuestionCard likert =
        card("respect", Control::kOne, say_("How do people here speak of the staff?"));
    likert.layout = ChoiceLayout::kColumns;
    likert.columns = 5;
    likert.rows[0].options = {{"1", say_("Badly"), false},
                              {"2", say_("Rather badly"), false},
                              {"3", say_("Neither"), true},
                              {"4", say_("Rather well"), false},
                              {"5", say_("Well"), false}};
    QuestionCard rank = card("first", Control::kRank, say_("What is most urgent here?"));
    rank.rows[0].options = {{"light", say_.own("Light"), false},
                            {"water", say_("Water"), false},
                            {"doctor", say_("A doctor"), false}};
    rank.rows[0].value = "doctor water light";
    return {searched, folded, likert, rank};
  }

  [[nodiscard]] std::vector<Block> numbers() const {
    QuestionCard area = card("area", Control::kDecimal, say_("Floor area of the cell"));
    area.unit = say_("m²");
    area.rows[0].value = "17.5";
    area.takes_photos = true;
    area.photos = {{"beside-1.jpg", landscape()}};
    area.hint = say_("Without the toilet");
    area.standard = say_("4 m² for each person");
    QuestionCard scale = card("pain", Control::kRange, say_("Pain now"));
    scale.range = {0, 1, 10};
    scale.rows[0].value = "4";
    QuestionCard slider = card("heat", Control::kRange, say_("Warmth in the cell"));
    slider.range = {0, 0.5, 80};
    slider.unit = "°C";
    slider.rows[0].value = "17.5";
    QuestionCard point = card("place", Control::kPoint, say_("Where is the place?"));
    point.rows[0].value = "42.8746 74.5698 764.2 5.7";
    Locating found;
    found.runs = found.found = true;
    found.text = say_("Found: {0}, {1}, accurate to {2} m.", {"42.874622", "74.569761", "35.0"});
    point.rows[0].locating = found;
    QuestionCard area_points = card("yard", Control::kPoints, say_("The yard, corner by corner"));
    area_points.closed = true;
    area_points.rows[0].value = "?42.8|74.5;42.9|;|";
    area_points.rows[0].error = say_("This is not a whole place yet.");
    Locating failed;
    failed.failed = true;
    failed.text =
        say_("This tablet has no satellite receiver that Vigil can ask. Type the place instead.");
    area_points.rows[0].locating = failed;
    QuestionCard code = card("seal", Control::kCode, say_("Number of the seal"));
    return {area, scale, slider, point, area_points, code};
  }

  [[nodiscard]] std::vector<Block> files() const {
    QuestionCard photo = card("photo", Control::kFile, say_("Photo of the window"));
    photo.file = FileKind::kPhoto;
    photo.rows[0].value = "a.jpg";
    photo.rows[0].attached = say_("Photo or drawing · 240 KB");
    photo.rows[0].thumbnail = landscape();
    QuestionCard plan = card("plan", Control::kFile, say_("Plan of the floor"));
    plan.file = FileKind::kDrawing;
    QuestionCard voice = card("voice", Control::kFile, say_("Sound of the corridor"));
    voice.file = FileKind::kSound;
    voice.rows[0].value = "b.ogg";
    voice.rows[0].attached = say_("Recording · 80 KB");
    QuestionCard body = card("body", Control::kBodyMap, say_("Marks on the body"));
    body.rows[0].value = text_of(marks());
    return {photo, plan, voice, body};
  }

  // An invented picture: a grey wall with a barred window.
  [[nodiscard]] static ui::ImagePointer landscape() {
    auto image = std::make_shared<ui::Image>();
    image->key = "sample";
    image->width = 320;
    image->height = 200;
    for (int y = 0; y < image->height; ++y) {
      for (int x = 0; x < image->width; ++x) {
        const bool window = x > 110 && x < 210 && y > 40 && y < 140;
        const bool bar = window && (x - 110) % 20 < 4;
        const int shade = bar ? 60 : window ? 225 : 150 + y / 8;
        for (int part = 0; part < 3; ++part) {
          image->rgba.push_back(static_cast<std::uint8_t>(shade));
        }
        image->rgba.push_back(255);
      }
    }
    return image;
  }

  [[nodiscard]] static std::vector<BodyMark> marks() {
    return {{BodyView::kFront, 0.30F, 0.36F, "contusion", 40, 30},
            {BodyView::kBack, 0.56F, 0.30F, "abrasion", 90, 5},
            {BodyView::kLeft, 0.45F, 0.72F, "burn", 10, 10}};
  }

 private:
  const SampleWords& say_;
};

MediaModel page(const Questions& questions, MediaPage page, FileKind kind, std::string title,
                ui::Sketch& sketch) {
  MediaModel model;
  model.page = page;
  model.file = kind;
  model.ref = "/data/photo";
  model.title = std::move(title);
  model.sketch = &sketch;
  model.length = "0:42";
  model.can_use_file = true;
  if (page == MediaPage::kCamera || page == MediaPage::kMask || page == MediaPage::kCode) {
    model.picture = questions.landscape();
  }
  return model;
}

}  // namespace

std::vector<std::pair<std::string, ChecklistModel>> sample_question_screens(
    const SampleWords& say, ChecklistModel base, SampleSketches& sketches) {
  const Questions questions(say);
  ui::Sketch& sketch = sketches[0];
  ui::Sketch& plan = sketches[1];
  sketch = ui::Sketch(200.0F / 320);
  sketch.tool = {ui::SketchMark::Kind::kRectangle, ui::rgb(0x000000), 0, {}};
  sketch.begin({0.36F, 0.22F});
  sketch.go_on({0.5F, 0.4F});
  plan = ui::Sketch(0.7F);
  plan.tool = {ui::SketchMark::Kind::kLine, ui::rgb(0x1B1F23), 0.005F, {}};
  // A corridor, three cells and the door of one.
  const std::vector<std::vector<ui::Point>> lines = {
      {{0.15F, 0.15F}, {0.85F, 0.15F}, {0.85F, 0.55F}, {0.15F, 0.55F}, {0.15F, 0.15F}},
      {{0.15F, 0.4F}, {0.85F, 0.4F}},
      {{0.38F, 0.15F}, {0.38F, 0.4F}},
      {{0.62F, 0.15F}, {0.62F, 0.4F}},
      {{0.45F, 0.4F}, {0.53F, 0.47F}}};
  for (const auto& line : lines) {
    plan.begin(line.front());
    for (const ui::Point at : line) plan.go_on(at);
  }
  std::vector<std::pair<std::string, ChecklistModel>> screens;
  const auto add = [&](std::string name, std::vector<Block> blocks) {
    ChecklistModel model = base;
    model.blocks = std::move(blocks);
    screens.emplace_back(std::move(name), std::move(model));
  };
  add("questions-choices", questions.choices());
  add("questions-numbers", questions.numbers());
  add("questions-files", questions.files());
  const auto add_page = [&](std::string name, MediaModel media) {
    ChecklistModel model = base;
    model.media = std::move(media);
    screens.emplace_back(std::move(name), std::move(model));
  };
  const std::string photo = say("Photo of the window");
  add_page("media-camera", page(questions, MediaPage::kCamera, FileKind::kPhoto, photo, sketch));
  MediaModel none = page(questions, MediaPage::kCamera, FileKind::kPhoto, photo, sketch);
  none.picture = nullptr;
  none.has_camera = false;
  none.error = say("This tablet has no camera that Vigil can use.");
  add_page("media-no-camera", none);
  const std::string seal = say("Number of the seal");
  MediaModel code = page(questions, MediaPage::kCode, FileKind::kAny, seal, sketch);
  add_page("media-code", code);
  code.picture = nullptr;
  code.has_camera = false;
  add_page("media-no-code", code);
  add_page("media-mask", page(questions, MediaPage::kMask, FileKind::kPhoto, photo, sketch));
  add_page("media-drawing", page(questions, MediaPage::kDrawing, FileKind::kDrawing,
                                 say("Plan of the floor"), plan));
  MediaModel leaving =
      page(questions, MediaPage::kDrawing, FileKind::kDrawing, say("Plan of the floor"), plan);
  leaving.leaving = true;
  add_page("media-leaving", leaving);
  MediaModel sound =
      page(questions, MediaPage::kSound, FileKind::kSound, say("Sound of the corridor"), sketch);
  sound.recording = true;
  add_page("media-sound", sound);
  MediaModel files = page(questions, MediaPage::kFiles, FileKind::kPhoto, photo, sketch);
  files.folders = {{"/media/a", "STICK", true}};
  files.files = {{"/media/a/window.jpg", "window.jpg", say("240 kB")},
                 {"/media/a/yard.png", "yard.png", say("{0} MB", {"2"})}};
  add_page("media-files", files);
  MediaModel body =
      page(questions, MediaPage::kBodyMap, FileKind::kAny, say("Marks on the body"), sketch);
  body.marks = Questions::marks();
  body.chosen_mark = 1;
  add_page("media-body", body);
  return screens;
}

}  // namespace vigil::tablet
