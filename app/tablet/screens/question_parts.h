// SPDX-License-Identifier: Apache-2.0
//
// The controls of a question card, one function each. Internal to screens/: draw_question.cpp puts
// them into the card.
#pragma once

#include <string>
#include <string_view>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

// Keys of everything that belongs to a ref: "q./data/name".
[[nodiscard]] std::string key_of(std::string_view ref);

// draw_choices.cpp
void draw_options(const Pen& pen, const QuestionCard& card, const QuestionRow& row);
void draw_rank(const Pen& pen, const QuestionCard& card, const QuestionRow& row);
// draw_texts.cpp
void draw_text(const Pen& pen, const QuestionCard& card, const QuestionRow& row);
void draw_text_actions(const Pen& pen, std::string_view field_key);
// draw_numbers.cpp
void draw_number(const Pen& pen, const QuestionCard& card, const QuestionRow& row);
void draw_moment(const Pen& pen, const QuestionCard& card, const QuestionRow& row);
// The keys of the field of a row that is being edited, below what is said of it. `top`: where its
// question begins, `field_top`: the row.
void draw_keys(const Pen& pen, const QuestionCard& card, const QuestionRow& row, float top,
               float field_top);
// What is wrong with a row, as long as it is due: of a date that is being typed nobody says that it
// is not whole yet.
[[nodiscard]] std::string_view due_error(const Pen& pen, const QuestionCard& card,
                                         const QuestionRow& row);
void draw_range(const Pen& pen, const QuestionCard& card, const QuestionRow& row);
// draw_points.cpp
void draw_point(const Pen& pen, const QuestionCard& card, const QuestionRow& row);
void draw_points(const Pen& pen, const QuestionCard& card, const QuestionRow& row);
// draw_files.cpp
void draw_file(const Pen& pen, const QuestionCard& card, const QuestionRow& row);
// Of a picture, or of the place that waits for one.
[[nodiscard]] ui::Size thumbnail_size(const ui::ImagePointer& thumbnail);
// The picture, or an empty place that asks for it as soon as it is in sight.
void draw_thumbnail(const Pen& pen, const ui::ImagePointer& thumbnail, std::string_view name,
                    const ui::Rect& rect);
void draw_body_map(const Pen& pen, const QuestionCard& card, const QuestionRow& row);
// draw_body.cpp: the four figures side by side with the marks on them, in `room`; where the finger
// came down on one, as view and place.
struct BodyTouch {
  BodyView view = BodyView::kFront;
  ui::Point at;
};
[[nodiscard]] std::optional<BodyTouch> draw_figures(const Pen& pen, std::string_view key,
                                                    const ui::Rect& room,
                                                    const std::vector<BodyMark>& marks,
                                                    std::size_t chosen, bool takes_taps);
[[nodiscard]] std::string_view view_word(const Pen& pen, BodyView view);
[[nodiscard]] std::string_view mark_word(const Pen& pen, std::string_view type);
// "Burn, 3 × 2 cm"
[[nodiscard]] std::string mark_words(const Pen& pen, const BodyMark& mark);

}  // namespace vigil::tablet
