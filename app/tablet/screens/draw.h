// SPDX-License-Identifier: Apache-2.0
//
// Models to pictures: pure but for the kit's record of fingers and scrolling. Each function draws
// one screen and appends what the person asked for. One thread, inside a frame.
#pragma once

#include "app/tablet/screens/commands.h"
#include "app/tablet/screens/model.h"
#include "app/ui/kit.h"
#include "app/words/words.h"

namespace vigil::tablet {

// What every drawing function is given.
struct Pen {
  ui::Kit& kit;
  const words::Words& words;
  Commands& commands;
  std::string_view form_language = {};  // ISO 639-1; the on-screen keyboard follows it
  char decimal_mark = '.';  // of numbers in the checklist: its language's, else the screen's

  template <typename T>
  void ask(T command) const {
    commands.emplace_back(std::move(command));
  }
};

void draw(const Pen& pen, const Model& model);

void draw_unlock(const Pen& pen, const Chrome& chrome, const UnlockModel& model);
void draw_visits(const Pen& pen, const Chrome& chrome, const VisitsModel& model);
void draw_new_visit(const Pen& pen, const Chrome& chrome, const NewVisitModel& model);
void draw_visit(const Pen& pen, const Chrome& chrome, const VisitModel& model);
void draw_checklist(const Pen& pen, const Chrome& chrome, const ChecklistModel& model);
void draw_review(const Pen& pen, const Chrome& chrome, const ReviewModel& model);
void draw_sealed(const Pen& pen, const Chrome& chrome, const SealedModel& model);
void draw_hidden(const Pen& pen, const HiddenModel& model);
void draw_busy(const Pen& pen, const Chrome& chrome, const BusyModel& model);
void draw_outbox(const Pen& pen, const Chrome& chrome, const OutboxModel& model);
void draw_settings(const Pen& pen, const Chrome& chrome, const SettingsModel& model);
void draw_enrol(const Pen& pen, const Chrome& chrome, const EnrolModel& model);

// The page on which a photo, drawing, recording or body map is made.
void draw_media(const Pen& pen, const Chrome& chrome, const MediaModel& model);

// One question with everything that belongs to it.
void draw_question(const Pen& pen, const QuestionCard& card);

// The bar at the top: back (where `back`), where I am, what I am in, state, language, Hide. Returns
// what is left of the screen.
struct TopBar {
  std::string_view title;
  std::string_view about = {};
  std::string_view status = {};
  ui::Tone status_tone = ui::Tone::kPlain;
  bool back = false;
  bool lock = true;
  bool lock_is_hide = false;  // in a checklist the same button is called Hide
};
ui::Rect draw_top_bar(const Pen& pen, const Chrome& chrome, const TopBar& bar);
// The language menu and the message at the bottom: above everything.
void draw_above(const Pen& pen, const Chrome& chrome);
// A column in the middle of `page`, at most as wide as text shall be.
ui::Rect text_column(ui::Kit& kit, const ui::Rect& page, float most_width = ui::kTextColumnWidth);

// draw_parts.cpp: what most screens are, the bar and one scrolling page of cards below it, with its
// headings and lines.
// What the pages scroll in; the review keeps its place while one looks at a question of it.
inline constexpr std::string_view kPageScroll = "page";
inline constexpr std::string_view kReviewScroll = "page.review";

struct PageLook {
  float width = ui::kTextColumnWidth;  // logical, at most
  std::string_view scroll = kPageScroll;
  bool low = false;  // a single card, where the eye is rather than at the top
};
void begin_screen(const Pen& pen, const Chrome& chrome, const TopBar& bar,
                  const PageLook& look = {});
void end_screen(const Pen& pen);
void draw_heading(const Pen& pen, std::string_view key, std::string_view text);
// A passphrase with its name above and a way to see what was typed, until the field is left. True
// when Enter was pressed.
[[nodiscard]] bool draw_secret(const Pen& pen, std::string_view key, std::string_view name,
                               ui::SecretText& text);
// A new one, twice: says before how long it must be. True when Enter asks for what the button does.
[[nodiscard]] bool draw_new_secret(const Pen& pen, const std::string& page, std::string_view name,
                                   std::string_view again_name, ui::SecretText& text,
                                   ui::SecretText& again);
[[nodiscard]] bool is_good_secret(const ui::SecretText& text, const ui::SecretText& again);
// Under a new passphrase typed twice: a sentence while the two differ.
void draw_same(const Pen& pen, std::string_view key, const ui::SecretText& text,
               const ui::SecretText& again);
// A fingerprint: its words, four a row.
void draw_words(const Pen& pen, std::string_view key, std::string_view about,
                const std::vector<std::string>& words);
// draw_hub.cpp: which hub it is, and how to say another one.
void draw_hub_settings(const Pen& pen, const HubModel& model);
void draw_hub_to_send_to(const Pen& pen, const HubModel& model, bool sending);
void draw_progress_line(const Pen& pen, std::string_view key, int answered, int asked);
struct StateWords {
  std::string text;
  ui::Tone tone;
};
[[nodiscard]] StateWords state_words(const Pen& pen, SealedState state, int sent_percent);
// Light or dark, and how large; in the menu and in the settings.
void draw_display_choices(const Pen& pen, const Chrome& chrome, std::string_view key);

}  // namespace vigil::tablet
