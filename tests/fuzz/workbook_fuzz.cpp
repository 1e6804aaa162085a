// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/convert.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static_cast<void>(vigil::forms::convert_xlsform(vigil::ByteView(data, size), "form.xlsx"));
  return 0;
}
