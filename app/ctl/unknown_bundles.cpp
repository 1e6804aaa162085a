// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/unknown_bundles.h"

#include "app/ctl/command.h"

namespace vigil::ctl {

Json::List unknown_bundles_json(const std::vector<vault::UnknownBundle>& unknown) {
  Json::List list;
  for (const vault::UnknownBundle& bundle : unknown) list.emplace_back(bundle.name);
  return list;
}

void print_unknown_bundles(const std::vector<vault::UnknownBundle>& unknown) {
  for (const vault::UnknownBundle& bundle : unknown)
    print_line("Unknown bundle, kept: " + one_line(bundle.path) + ", " +
               std::to_string(bundle.size_bytes) + " bytes");
  if (!unknown.empty())
    print_line(
        "The vault does not know them: an older vault.db was put back, or they are another "
        "tablet's. Copy them to a stick by hand; `vigilctl stick send` sends those that are whole. "
        "Tell the office.");
}

}  // namespace vigil::ctl
