// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/hub_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/visit/hub.h"

namespace vigil::ctl {

void add_hub_options(CLI::App& command, HubOptions& options, bool required) {
  CLI::Option* hub = command.add_option(
      "--hub", options.hub.url,
      std::string("http://HOST:PORT or https://HOST:PORT") +
          (required ? "" : "; unless said, the one that the office's kit names"));
  if (required) hub->required();
  command
      .add_option("--pin", options.hub.pins, "sha256//... of the hub's TLS key; may be given again")
      ->needs(hub)
      ->allow_extra_args(false);
}

Result<std::unique_ptr<sync::HubLink>> open_hub(const HubOptions& options, vault::Vault* vault) {
  trust::HubAddress hub = options.hub;
  if (hub.url.empty() && vault != nullptr) {
    VIGIL_ASSIGN(auto known, visit::hub_in_use(*vault));
    if (known) hub = std::move(known->address);
  }
  if (hub.url.empty()) {
    return fail(ErrorKind::kUsage, "hub.absent",
                "No hub is known here: say --hub URL, or have the office put it into its kit "
                "(vigilctl office kit DIR --hub URL --pin PIN).");
  }
  if (!std::ranges::all_of(hub.pins, trust::is_hub_pin)) {
    return fail(ErrorKind::kUsage, "hub.pin",
                "A pin is sha256// and 44 characters of base64; docs/administrator.md says how to "
                "make one.");
  }
  sync::LinkOptions link;
  link.hub_url = std::move(hub.url);
  link.pinned_key = trust::pin_line(hub.pins);
  return sync::HubLink::open(std::move(link));
}

sync::Patience hub_patience() {
  sync::Patience patience;
  patience.tries = 5;
  return patience;
}

}  // namespace vigil::ctl
