// SPDX-License-Identifier: Apache-2.0
//
// Whatever loads as an XForm opens, shows its state, takes an operation on each node, and comes
// back from its own saved instance; nothing else happens.
#include <string_view>

#include "core/base/check.h"
#include "tests/forms/session/test_host.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil::forms;
  const std::string_view xml(reinterpret_cast<const char*>(data), size);
  const auto form = load_xform(xml, {});
  if (!form.has_value()) return 0;
  TestHost host;
  const auto session = open_session(*form, host, {});
  if (!session.has_value()) return 0;
  std::size_t operations = 0;
  for (const NodeState& node : (*session)->state()) {
    if (++operations > 50) break;
    (void)(*session)->set(node.ref, "1");
    (void)(*session)->add_repeat(node.ref);
    (void)(*session)->remove_repeat(node.ref);
  }
  SessionOptions options;
  options.restore_xml = (*session)->instance_xml();
  CHECK(open_session(*form, host, options).has_value());
  return 0;
}
