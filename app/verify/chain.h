// SPDX-License-Identifier: Apache-2.0
//
// Every bundle that is known to exist, by device and sequence, from files and log together: what
// order, gaps, forks and duplicates are judged by.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/verify/log_evidence.h"
#include "app/verify/outer_check.h"

namespace vigil::verify {

struct Link {
  bundle::BundleId id;
  bundle::BundleId previous;
  std::optional<std::uint64_t> log_index;
  std::vector<std::string> files;
};
// Usually one link a sequence; more is a fork.
using Chain = std::map<std::uint64_t, std::vector<Link>>;
struct DeviceWord;  // what events say: app/verify/events.h
using Chains = std::map<crypto::minisign::PublicKey, Chain>;

[[nodiscard]] Chains build_chains(const std::vector<OuterCheck>& checks,
                                  const LogEvidence& evidence);

[[nodiscard]] Claim judge_order(const Chain& chain, const bundle::SignedManifest& bundle,
                                const trust::Device& device);
[[nodiscard]] Claim judge_fork(const Chain& chain, const bundle::SignedManifest& bundle,
                               const DeviceWord& word, bool log_believed);
[[nodiscard]] Claim judge_single(const Chain& chain, const bundle::SignedManifest& bundle,
                                 const std::string& file);
[[nodiscard]] DeviceReport judge_device(const Chain& chain, const trust::Device& device,
                                        const DeviceWord& word, bool log_believed);

}  // namespace vigil::verify
