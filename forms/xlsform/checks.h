// SPDX-License-Identifier: Apache-2.0
//
// What holds between rows: names, paths, triggers, inherited sensitivity. Each call reports all it
// finds.
#pragma once

#include "forms/xlsform/form_model.h"

namespace vigil::forms::xlsform {

// Sets every node's path and the model's index of names; reports names that clash.
void index_names(FormModel& model, Problems& problems);

// Hangs each question with a trigger on the questions that it names.
void link_triggers(FormModel& model, Problems& problems);

// A question is as sensitive as its nearest group that says so.
void inherit_sensitivity(FormModel& model);

// Warns of languages that lack columns, have no code, or stand beside or_other.
void warn_about_translations(const Table& survey, const Table& choices, const FormModel& model,
                             Problems& problems);

}  // namespace vigil::forms::xlsform
