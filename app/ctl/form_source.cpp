// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/form_source.h"

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "app/ctl/command.h"
#include "core/crypto/secret_bytes.h"
#include "forms/expression/number.h"

namespace vigil::ctl {
namespace {

constexpr std::uint64_t kFormLimitBytes = 64ULL << 20;
constexpr std::uint64_t kMediaLimitBytes = 256ULL << 20;

bool looks_like_xml(const std::string& path) {
  return path.ends_with(".xml") || path.ends_with(".XML");
}

// Does `message` speak of this node, and not of one below or beside it?
bool names_path(std::string_view message, std::string_view path) {
  for (std::size_t at = message.find(path); at != std::string_view::npos;
       at = message.find(path, at + 1)) {
    const std::size_t end = at + path.size();
    const char next = end < message.size() ? message[end] : ' ';
    const bool goes_on = next == '/' || next == '_' || next == '-' ||
                         (next >= '0' && next <= '9') || (next >= 'a' && next <= 'z') ||
                         (next >= 'A' && next <= 'Z') || static_cast<unsigned char>(next) >= 0x80;
    if (!goes_on) return true;
  }
  return false;
}

}  // namespace

forms::FormProblem problem_at_row(const FormSource& source, std::string message) {
  for (const forms::NodeRow& row : source.rows) {
    if (names_path(message, row.path)) return {"survey", row.row, "", std::move(message)};
  }
  return {"", 0, "", std::move(message)};
}

Result<FormSource> read_form(const std::string& path, const std::string& media) {
  FormSource source;
  if (!media.empty() && !std::filesystem::is_directory(media)) {
    return fail(ErrorKind::kNotFound, "form.media",
                "There is no folder " + media + " to look for the form's files in.");
  }
  if (looks_like_xml(path)) {
    VIGIL_ASSIGN(const Bytes bytes, files().read(path, kFormLimitBytes));
    source.xform = std::string(as_text(bytes));
  } else {
    VIGIL_ASSIGN(forms::Conversion conversion, forms::convert_xlsform(path));
    source.errors = std::move(conversion.errors);
    source.errors.insert(source.errors.end(), conversion.expression_errors.begin(),
                         conversion.expression_errors.end());
    source.warnings = std::move(conversion.warnings);
    source.files = std::move(conversion.files);
    source.rows = std::move(conversion.rows);
    source.xform = std::move(conversion.xform_xml);
    if (!conversion.accepted || !source.errors.empty()) return source;
  }
  const std::filesystem::path folder =
      media.empty() ? std::filesystem::path(path).parent_path() : std::filesystem::path(media);
  auto form = forms::load_xform(source.xform, [&](std::string_view name) -> std::optional<Bytes> {
    for (const forms::FormFile& file : source.files)
      if (file.name == name) return file.content;
    auto bytes = files().read((folder / name).string(), kMediaLimitBytes);
    if (!bytes.has_value()) return std::nullopt;
    return std::move(*bytes);
  });
  if (!form.has_value()) {
    source.errors.push_back(problem_at_row(source, form.error().message));
    return source;
  }
  source.form = std::move(*form);
  for (const std::string& warning : source.form->warnings())
    source.warnings.push_back(problem_at_row(source, warning));
  return source;
}

Status FormHost::configure(const std::string& now, const std::string& zone) {
  if (!zone.empty()) {
    VIGIL_ASSIGN(zone_, forms::TimeZone::named(zone));
  }
  return now.empty() ? Status() : move_clock(now);
}

Status FormHost::move_clock(const std::string& now) {
  const std::optional<forms::IsoTime> time = forms::parse_iso(now);
  if (!time.has_value())
    return fail(ErrorKind::kUsage, "form.now",
                "That is not a time: write it as 2026-11-22T10:00:00-07:00.");
  frozen_ = WallTime{forms::local_to_instant(time->civil, [&](std::int64_t ms) {
    return time->offset_minutes.has_value() ? *time->offset_minutes : utc_offset_minutes({ms});
  })};
  return {};
}

WallTime FormHost::now() const {
  return frozen_.has_value() ? *frozen_ : clock().now();
}

int FormHost::utc_offset_minutes(WallTime time) const {
  return zone_.has_value() ? zone_->offset_minutes(time) : clock().utc_offset_minutes(time);
}

std::uint64_t FormHost::random_bits() {
  return crypto::random_u64();
}

void print_problems(const std::vector<forms::FormProblem>& problems, bool json,
                    const char* severity) {
  if (json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const forms::FormProblem& problem : problems)
      list.push_back({{"sheet", problem.sheet},
                      {"row", problem.row},
                      {"column", problem.column},
                      {"message", problem.message}});
    fmt::print(stderr, "{}\n",
               list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    return;
  }
  for (const forms::FormProblem& problem : problems) {
    std::string where;
    if (!problem.sheet.empty()) where += problem.sheet;
    if (problem.row > 0) where += fmt::format("{}row {}", where.empty() ? "" : ", ", problem.row);
    if (!problem.column.empty())
      where += fmt::format("{}column {}", where.empty() ? "" : ", ", problem.column);
    fmt::print(stderr, "{}: {}{}{}\n", severity, where, where.empty() ? "" : ": ", problem.message);
  }
}

}  // namespace vigil::ctl
