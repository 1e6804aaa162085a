// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/device_pages.h"

namespace vigil::tablet {

void DevicePages::lock() {
  typed.clear();
  change = {};
  enrol = {};
  outbox = {};
}

void DevicePages::forget_sentences() {
  for (std::string* text : {&outbox.outcome.text, &enrol.error, &enrol.kit_error, &enrol.saved,
                            &enrol.enrolled, &change.error}) {
    text->clear();
  }
}

}  // namespace vigil::tablet
