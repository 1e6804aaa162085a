// SPDX-License-Identifier: Apache-2.0
#include "app/verify/chain.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "app/verify/events.h"

namespace vigil::verify {
namespace {

Link& link_for(Chains& chains, const bundle::SignedManifest& bundle) {
  auto& links = chains[bundle.manifest.device][bundle.manifest.sequence];
  const auto found = std::ranges::find(links, bundle.id, &Link::id);
  if (found != links.end()) return *found;
  return links.emplace_back(Link{bundle.id, bundle.manifest.previous, {}, {}});
}

const Link& own_link(const Chain& chain, const bundle::SignedManifest& bundle) {
  const auto& links = chain.at(bundle.manifest.sequence);
  return *std::ranges::find(links, bundle.id, &Link::id);
}

std::string where(const Link& link) {
  if (!link.files.empty()) return link.files.front();
  return fmt::format("entry {} of the log", link.log_index.value_or(0));
}

// The holes in front of and between the sequences seen.
struct Gaps {
  std::vector<std::uint64_t> listed;
  std::uint64_t leading = 0;
  std::uint64_t inner = 0;
};
Gaps find_gaps(const Chain& chain, std::uint64_t from_sequence) {
  Gaps gaps;
  std::uint64_t expected = from_sequence;
  bool first = true;
  for (const auto& [sequence, links] : chain) {
    if (sequence < from_sequence) continue;
    (first ? gaps.leading : gaps.inner) += sequence - expected;
    for (; expected < sequence && gaps.listed.size() < kGapsListed; ++expected)
      gaps.listed.push_back(expected);
    expected = sequence + 1;
    first = false;
  }
  return gaps;
}

std::string ranges(const std::vector<std::uint64_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", numbers[i]);
    if (last > i) text += fmt::format("-{}", numbers[last]);
    i = last + 1;
  }
  return text;
}

// Branches that a signed event lets begin before `sequence`: each explains one more history there.
std::size_t branches_before(const DeviceWord& word, std::uint64_t sequence) {
  return static_cast<std::size_t>(
      std::ranges::count_if(word.branches, [&](std::uint64_t after) { return after < sequence; }));
}

bool fork_explained(const Chain& chain, std::uint64_t sequence, const DeviceWord& word) {
  return chain.at(sequence).size() <= 1 + branches_before(word, sequence);
}

// A number may be seen in the log alone: its entry is here, the bundle is not.
std::string seen(const Chain& chain, const DeviceReport& report) {
  std::vector<std::uint64_t> logged_only;
  for (const auto& [sequence, links] : chain)
    if (std::ranges::all_of(links, [](const Link& link) { return link.files.empty(); }))
      logged_only.push_back(sequence);
  std::string text = fmt::format("seen: {}", ranges(report.sequences));
  if (!logged_only.empty())
    text += fmt::format("; only in the log, not among the files: {}", ranges(logged_only));
  return text;
}

Claim judge_complete(const Chain& chain, const DeviceReport& report, const Gaps& gaps,
                     const DeviceWord& word, bool log_believed) {
  if (report.sequences.empty()) return unchecked("complete", "nothing by this device was given");
  if (report.missing == 0) return holds("complete", seen(chain, report));
  std::string explained;
  for (const std::uint64_t sequence : report.explained)
    explained += fmt::format("; {} will never come ({})", sequence, word.tombstones.at(sequence));
  if (report.missing == report.explained.size())
    return holds("complete", seen(chain, report) + explained);
  std::vector<std::uint64_t> open;
  std::ranges::set_difference(report.gaps, report.explained, std::back_inserter(open));
  const std::string missing =
      fmt::format("missing: {}{}{}", ranges(open),
                  report.missing > report.gaps.size() ? ", ..." : "", explained);
  if (log_believed)
    return does_not_hold("complete", missing + "; neither in the files nor in the log");
  if (gaps.inner > 0) return does_not_hold("complete", missing + "; no log was given");
  return unchecked(
      "complete",
      "what came before the first file given is not here, and there is no log: " + missing);
}

Claim judge_history(const DeviceReport& report, const Chain& chain, const DeviceWord& word,
                    bool log_believed) {
  std::vector<std::uint64_t> unexplained;
  for (const std::uint64_t sequence : report.forks)
    if (!fork_explained(chain, sequence, word)) unexplained.push_back(sequence);
  if (!unexplained.empty())
    return does_not_hold("no_fork",
                         fmt::format("two different bundles have number {}", ranges(unexplained)));
  if (report.sequences.empty()) return unchecked("no_fork", "nothing by this device was given");
  if (!log_believed)
    return unchecked("no_fork", "no log was given that would show another history");
  if (!report.forks.empty())
    return holds("no_fork", fmt::format("number {} is there twice, as the office's signed branch "
                                        "says",
                                        ranges(report.forks)));
  return holds("no_fork", "every number is there once, files and log compared");
}

}  // namespace

Chains build_chains(const std::vector<OuterCheck>& checks, const LogEvidence& evidence) {
  Chains chains;
  if (evidence.believed) {
    for (const LoggedBundle& logged : evidence.bundles) {
      Link& link = link_for(chains, logged.manifest);
      if (!link.log_index) link.log_index = logged.index;
    }
  }
  for (const OuterCheck& check : checks) {
    if (check.manifest) link_for(chains, *check.manifest).files.push_back(check.file);
  }
  return chains;
}

Claim judge_order(const Chain& chain, const bundle::SignedManifest& bundle,
                  const trust::Device& device) {
  const std::uint64_t sequence = bundle.manifest.sequence;
  if (sequence == 1) return holds("order", "the first bundle of its device");
  const auto before = chain.find(sequence - 1);
  if (before == chain.end()) {
    if (sequence == device.from_sequence)
      return unchecked("order", "what came before lies before the device's enrolment");
    return unchecked("order", fmt::format("bundle {} of this device is neither among the files "
                                          "nor in a log",
                                          sequence - 1));
  }
  const auto named = std::ranges::find(before->second, bundle.manifest.previous, &Link::id);
  if (named == before->second.end())
    return does_not_hold("order", fmt::format("it names another bundle {} than {}", sequence - 1,
                                              where(before->second.front())));
  return holds("order", fmt::format("number {}, after {}", sequence, where(*named)));
}

Claim judge_fork(const Chain& chain, const bundle::SignedManifest& bundle, const DeviceWord& word,
                 bool log_believed) {
  const std::uint64_t sequence = bundle.manifest.sequence;
  for (const Link& link : chain.at(sequence)) {
    if (link.id != bundle.id && fork_explained(chain, sequence, word))
      return holds("fork", fmt::format("{} has the same number, as the office's signed branch says",
                                       where(link)));
    if (link.id != bundle.id)
      return does_not_hold("fork", fmt::format("{} also has number {} and is another bundle",
                                               where(link), sequence));
  }
  if (log_believed) return holds("fork", "neither the files nor the log have another one");
  return unchecked("fork", "no log was given that would show another; among the files is none");
}

Claim judge_single(const Chain& chain, const bundle::SignedManifest& bundle,
                   const std::string& file) {
  const Link& link = own_link(chain, bundle);
  if (link.files.size() < 2) return holds("single", "one file");
  const std::string& other = link.files[0] == file ? link.files[1] : link.files[0];
  return holds("single", fmt::format("the same bundle is also in {}", other));
}

DeviceReport judge_device(const Chain& chain, const trust::Device& device, const DeviceWord& word,
                          bool log_believed) {
  DeviceReport report;
  report.label = device.label;
  report.role = to_string(device.role);
  report.key = crypto::minisign::to_string(device.key);
  for (const auto& [sequence, links] : chain) {
    report.sequences.push_back(sequence);
    if (links.size() > 1) report.forks.push_back(sequence);
    if (std::ranges::any_of(links, [](const Link& link) { return link.files.size() > 1; }))
      report.duplicates.push_back(sequence);
  }
  Gaps gaps = find_gaps(chain, device.from_sequence);
  report.missing = gaps.leading + gaps.inner;
  report.gaps = std::move(gaps.listed);
  for (const std::uint64_t sequence : report.gaps)
    if (word.tombstones.contains(sequence)) report.explained.push_back(sequence);
  report.claims.push_back(judge_complete(chain, report, gaps, word, log_believed));
  report.claims.push_back(judge_history(report, chain, word, log_believed));
  report.claims.push_back(judge_tail(chain, word));
  return report;
}

}  // namespace vigil::verify
