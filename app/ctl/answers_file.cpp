// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/answers_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/ctl/command.h"

namespace vigil::ctl {
namespace {

constexpr std::uint64_t kAnswersLimitBytes = 16ULL << 20;
constexpr std::uint64_t kFileLimitBytes = 512ULL << 20;

struct Line {
  std::string action;
  std::string ref;
  std::string value;
  std::string file;
  std::string text;
};

Result<Line> parse_line(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  const auto bad = [&] {
    return fail(ErrorKind::kInvalid, "answers.line",
                "This line is not a JSON object with \"do\" and \"ref\" as texts in UTF-8.");
  };
  if (!json.is_object()) return bad();
  Line line;
  for (const auto& [key, target] : {std::pair{"do", &line.action},
                                    {"ref", &line.ref},
                                    {"value", &line.value},
                                    {"file", &line.file},
                                    {"text", &line.text}}) {
    const auto member = json.find(key);
    if (member == json.end()) continue;
    if (!member->is_string()) return bad();
    *target = member->get<std::string>();
  }
  if (line.action.empty() || line.ref.empty()) return bad();
  return line;
}

std::string media_type_of(const std::string& name) {
  const auto ends = [&](std::string_view ending) { return name.ends_with(ending); };
  if (ends(".ogg")) return "audio/ogg";
  if (ends(".m4a")) return "audio/mp4";
  if (ends(".wav")) return "audio/wav";
  if (ends(".mp4")) return "video/mp4";
  if (ends(".webm")) return "video/webm";
  if (ends(".pdf")) return "application/pdf";
  if (ends(".csv")) return "text/csv";
  if (ends(".txt")) return "text/plain";
  return {};
}

Status apply_line(visit::Checklist& checklist, const Line& line, const std::string& folder) {
  if (line.action == "set") {
    VIGIL_TRY(checklist.set_if_valid(line.ref, line.value));
  } else if (line.action == "add_repeat") {
    VIGIL_TRY(checklist.add_repeat(line.ref));
  } else if (line.action == "remove_repeat") {
    VIGIL_TRY(checklist.remove_repeat(line.ref));
  } else if (line.action == "attach") {
    VIGIL_ASSIGN(const auto content, files().read(folder + line.file, kFileLimitBytes));
    VIGIL_TRY(checklist.attach(line.ref, content, media_type_of(line.file)));
  } else if (line.action == "note") {
    VIGIL_TRY(checklist.set_flag({line.ref, vault::FlagKind::kNote, line.text}));
  } else if (line.action == "finding") {
    VIGIL_TRY(checklist.set_flag({line.ref, vault::FlagKind::kFinding, line.text}));
  } else if (line.action == "later") {
    VIGIL_TRY(checklist.set_flag({line.ref, vault::FlagKind::kLater, line.text}));
  } else {
    return fail(ErrorKind::kInvalid, "answers.action",
                "\"do\" is one of set, add_repeat, remove_repeat, attach, note, finding, later.");
  }
  return {};
}

}  // namespace

Result<FillReport> fill_from_file(visit::Checklist& checklist, const std::string& path) {
  VIGIL_ASSIGN(const auto content, files().read(path, kAnswersLimitBytes));
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  FillReport report;
  std::string_view rest = as_text(content);
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto line = parse_line(text);
    if (!line) {
      report.refused.push_back({number, "", line.error().message});
      continue;
    }
    const Status done = apply_line(checklist, *line, folder);
    if (done) {
      ++report.accepted;
    } else if (done.error().code.starts_with("vault.")) {
      return std::unexpected(done.error());
    } else {
      report.refused.push_back({number, line->ref, done.error().message});
    }
  }
  return report;
}

}  // namespace vigil::ctl
