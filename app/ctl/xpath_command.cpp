// SPDX-License-Identifier: Apache-2.0
//
// vigilctl xpath: one expression, or one JSON object a line, on an XML document.
#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/ctl/command.h"
#include "core/crypto/secret_bytes.h"
#include "forms/expression/evaluate_document.h"
#include "forms/expression/number.h"
#include "forms/tree/tree.h"

namespace vigil::ctl {
namespace {

using forms::DocumentAnswer;
using forms::DocumentQuestion;
using forms::QuestionedDocument;
using forms::TimeZone;
using nlohmann::json;

struct XpathOptions {
  std::string document;
  std::string context;
  std::string root;
  std::string language;
  std::string now;
  std::string zone = "UTC";
  std::string expression;
};

json number_to_json(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  if (number == 0 && std::signbit(number)) return "-0";
  if (number == std::floor(number) && std::abs(number) < 9e15) {
    return static_cast<std::int64_t>(number);
  }
  return number;
}

std::string answer_to_line(const DocumentAnswer& answer) {
  nlohmann::ordered_json line;
  line["type"] = answer.type;
  if (const auto* number = std::get_if<double>(&answer.value)) {
    line["value"] = number_to_json(*number);
  } else {
    std::visit([&line](const auto& value) { line["value"] = value; }, answer.value);
  }
  // Bytes from base64-decode() need not be text.
  return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string error_to_line(const Error& error) {
  const json line{{"error", {{"code", error.code}, {"message", error.message}}}};
  return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<WallTime> read_now(const std::string& text, const TimeZone& zone) {
  if (text.empty()) return clock().now();
  const auto iso = forms::parse_iso(text);
  if (!iso.has_value()) {
    return fail(ErrorKind::kUsage, "xpath.now",
                "--now takes a time such as 2026-11-22T10:00:00-07:00");
  }
  const std::int64_t local = forms::civil_to_ms(iso->civil);
  if (iso->offset_minutes.has_value()) {
    return WallTime{local - std::int64_t{*iso->offset_minutes} * 60'000};
  }
  return WallTime{forms::local_to_instant(
      iso->civil, [&zone](std::int64_t ms) { return zone.offset_minutes(WallTime{ms}); })};
}

// Documents by path, so that a thousand lines about one document read it once.
class Documents {
 public:
  Result<const QuestionedDocument*> get(const std::string& name) {
    if (name.empty()) return &none_;
    const auto found = open_.find(name);
    if (found != open_.end()) return &found->second;
    Bytes content;
    if (!name.starts_with('<')) {
      VIGIL_ASSIGN(content, files().read(name, forms::kMaxDocumentBytes));
    }
    const std::string_view xml = name.starts_with('<') ? std::string_view(name) : as_text(content);
    VIGIL_ASSIGN(QuestionedDocument opened, QuestionedDocument::open(xml));
    constexpr std::size_t kKept = 64;
    if (open_.size() >= kKept) open_.clear();
    return &open_.emplace(name, std::move(opened)).first->second;
  }

 private:
  QuestionedDocument none_ = QuestionedDocument::none();
  std::map<std::string, QuestionedDocument> open_;
};

Result<DocumentAnswer> ask(Documents& documents, const XpathOptions& options,
                           std::vector<std::pair<std::string, std::string>> namespaces) {
  DocumentQuestion question;
  question.expression = options.expression;
  question.context = options.context;
  question.root = options.root;
  question.language = options.language;
  question.namespaces = std::move(namespaces);
  VIGIL_ASSIGN(question.zone, TimeZone::named(options.zone));
  VIGIL_ASSIGN(question.now, read_now(options.now, question.zone));
  VIGIL_ASSIGN(const QuestionedDocument* document, documents.get(options.document));
  return document->ask(question, &crypto::random_u64);
}

std::unexpected<Error> bad_line(std::string message) {
  return fail(ErrorKind::kUsage, "xpath.line", std::move(message));
}

Result<DocumentAnswer> ask_line(Documents& documents, const XpathOptions& defaults,
                                const std::string& line) {
  const json object = json::parse(line, nullptr, false);
  if (!object.is_object()) return bad_line("the line is not a JSON object");
  XpathOptions options = defaults;
  std::vector<std::pair<std::string, std::string>> namespaces;
  const std::map<std::string, std::string*> texts{
      {"document", &options.document}, {"context", &options.context}, {"root", &options.root},
      {"language", &options.language}, {"now", &options.now},         {"tz", &options.zone},
      {"expr", &options.expression}};
  for (const auto& [key, value] : object.items()) {
    const auto place = texts.find(key);
    if (place != texts.end()) {
      if (value.is_null()) continue;
      if (!value.is_string()) return bad_line("\"" + key + "\" takes a text");
      *place->second = value.get<std::string>();
    } else if (key == "namespaces") {
      if (value.is_null()) continue;
      if (!value.is_object()) return bad_line("\"namespaces\" takes an object");
      for (const auto& [prefix, uri] : value.items()) {
        if (!uri.is_string()) return bad_line("\"namespaces\" takes texts");
        namespaces.emplace_back(prefix, uri.get<std::string>());
      }
    } else {
      return bad_line("the line has an unknown member \"" + key + "\"");
    }
  }
  if (options.expression.empty()) return bad_line("the line has no \"expr\"");
  return ask(documents, options, std::move(namespaces));
}

Status run(const XpathOptions& options) {
  Documents documents;
  if (!options.expression.empty()) {
    VIGIL_ASSIGN(const DocumentAnswer answer, ask(documents, options, {}));
    print_line(answer_to_line(answer));
    return {};
  }
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto answer = ask_line(documents, options, line);
    print_line(answer.has_value() ? answer_to_line(*answer) : error_to_line(answer.error()));
    std::cout.flush();
  }
  return {};
}

}  // namespace

void add_xpath_command(CLI::App& app, Outcome& outcome) {
  CLI::App* xpath = app.add_subcommand(
      "xpath",
      "Evaluate an expression on an XML document, or JSON lines from standard input.\nWithout a "
      "document the stricter rules of forms hold.");
  const auto options = std::make_shared<XpathOptions>();
  xpath->add_option("--document", options->document, "The XML document")->type_name("FILE");
  xpath->add_option("--context", options->context, "Where relative paths start")->type_name("PATH");
  xpath->add_option("--root", options->root, "What / means")->type_name("PATH");
  xpath->add_option("--language", options->language, "Of jr:itext()")->type_name("NAME");
  xpath->add_option("--now", options->now, "What now() answers")->type_name("ISO8601");
  xpath->add_option("--tz", options->zone, "UTC, an offset or a zone name; UTC when absent")
      ->type_name("ZONE");
  xpath->add_option("EXPR", options->expression, "The expression; none: JSON lines on stdin");
  xpath->callback([options, &outcome] { outcome.finish(run(*options)); });
}

}  // namespace vigil::ctl
