// SPDX-License-Identifier: Apache-2.0
//
// The report on an evidence pack as text, JSON and one page.
#include <fmt/format.h>

#include "app/verify/evidence.h"
#include "app/verify/report_parts.h"
#include "core/crypto/hash.h"

namespace vigil::verify {
namespace {

std::string_view part_name(std::size_t payload) {
  return payload == 0 ? "general" : "restricted";
}

// Lines of an answer after its first cannot be taken for lines of the report.
std::string indented(std::string_view value) {
  std::string text;
  for (const char c : printable(value))
    text += c == '\n' ? std::string("\n    | ") : std::string(1, c);
  return text;
}

std::string withheld(const EvidenceReport& report) {
  if (!report.shown) return "nothing is shown, as not everything holds";
  std::string text = fmt::format("withheld: {} answer(s), {} file(s)",
                                 report.count.answers_withheld, report.count.files_withheld);
  if (report.count.payloads_unlisted > 0) text += ", and a restricted part as a whole";
  return text;
}

Json number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::string evidence_text(const EvidenceReport& report) {
  std::string text = fmt::format("evidence from bundle {}\n", report.id);
  text += claim_lines(report.claims);
  for (const bundle::ShownAnswer& shown : report.answers)
    text += fmt::format("  answer {} ({}): {}\n", one_line(shown.answer.ref),
                        part_name(shown.payload), indented(shown.answer.value));
  for (const bundle::ShownFile& file : report.files)
    text += fmt::format("  file {} ({}), {} bytes\n", file.name, part_name(file.payload),
                        file.content.size());
  return text + fmt::format("  {}\nof all claims {}.\n", withheld(report),
                            tally_text(tally(report.claims)));
}

std::string evidence_json(const EvidenceReport& report) {
  Json::List answers;
  for (const bundle::ShownAnswer& shown : report.answers)
    answers.push_back(Json::Object{{"part", part_name(shown.payload)},
                                   {"ref", shown.answer.ref},
                                   {"value", shown.answer.value}});
  Json::List files;
  for (const bundle::ShownFile& file : report.files)
    files.push_back(Json::Object{{"part", part_name(file.payload)},
                                 {"name", file.name},
                                 {"size_bytes", number(file.content.size())},
                                 {"blake2b", hex_encode(crypto::blake2b_512(file.content))}});
  return emit_json(Json::Object{
             {"bundle", report.id},
             {"office", report.office},
             {"roster_version", number(report.roster_version)},
             {"device", report.device},
             {"sequence", number(report.sequence)},
             {"claims", claims_json(report.claims)},
             {"answers", std::move(answers)},
             {"files", std::move(files)},
             {"withheld", Json::Object{{"answers", number(report.count.answers_withheld)},
                                       {"files", number(report.count.files_withheld)},
                                       {"parts", number(report.count.payloads_unlisted)}}},
             {"tally", tally_json(tally(report.claims))}}) +
         "\n";
}

std::string evidence_html(const EvidenceReport& report, const std::string& made_at) {
  std::string text = page_start("Evidence from one sealed visit", "Evidence from one sealed visit");
  text += fmt::format(
      "<table><tr><td>Office</td><td>{}, roster version {}</td></tr>\n"
      "<tr><td>Device</td><td>{}, bundle number {}</td></tr>\n"
      "<tr><td>Bundle</td><td><code>{}</code></td></tr>\n"
      "<tr><td>Root key</td><td><code>{}</code><pre>{}</pre>Compare these words with those that "
      "the office publishes: every verdict here is worth what this key is worth.</td></tr>\n"
      "<tr><td>Made</td><td>{} by the clock of the computer that made this page, which proves "
      "nothing</td></tr></table>\n",
      escaped(report.office), report.roster_version, escaped(report.device), report.sequence,
      report.id, escaped(report.root_key), escaped(report.root_words), escaped(made_at));
  text += "<h2>What was checked</h2>\n" + claims_table(report.claims);
  text += "<h2>What is shown</h2>\n";
  if (!report.answers.empty()) {
    text += "<table><tr><th>Question</th><th>Answer</th></tr>\n";
    for (const bundle::ShownAnswer& shown : report.answers)
      text += fmt::format("<tr><td><code>{}</code></td><td>{}</td></tr>\n",
                          escaped(shown.answer.ref), escaped(shown.answer.value));
    text += "</table>\n";
  }
  for (const bundle::ShownFile& file : report.files)
    text += fmt::format("<p>File <code>{}</code>, {} bytes, BLAKE2b-512 <code>{}</code></p>\n",
                        escaped(file.name), file.content.size(),
                        hex_encode(crypto::blake2b_512(file.content)));
  return text + fmt::format("<p>{}.</p>\n</body></html>\n", escaped(withheld(report)));
}

}  // namespace vigil::verify
