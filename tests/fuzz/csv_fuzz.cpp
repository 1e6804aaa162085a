// SPDX-License-Identifier: Apache-2.0
//
// The whole way from text to XForm: the first byte says which of the two text formats.
#include "forms/xlsform/convert.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const char* name = (data[0] & 1) == 0 ? "form.csv" : "form.md";
  static_cast<void>(vigil::forms::convert_xlsform(vigil::ByteView(data + 1, size - 1), name));
  return 0;
}
