// SPDX-License-Identifier: Apache-2.0
//
// What is missing or wrong in a visit, and who will read it, before it is sealed. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/state/overview.h"
#include "app/words/words.h"

namespace vigil::tablet {

// `review`: review_of() of these records, with its readers. place, code and error are the caller's.
void fill_review(ReviewModel& model, const words::Words& words, const visit::Review& review,
                 const RecordViewList& records);

}  // namespace vigil::tablet
