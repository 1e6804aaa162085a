// SPDX-License-Identifier: Apache-2.0
#include "app/verify/report_parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/bytes.h"

namespace vigil::verify {
namespace {

constexpr std::string_view kStyle = R"(
body{font:11pt/1.4 serif;color:#000;background:#fff;max-width:52em;margin:2em auto;padding:0 1em}
h1{font-size:1.5em}h2{font-size:1.15em;margin:1.6em 0 .4em;border-bottom:1px solid #000}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #777;padding:.2em .5em;
text-align:left;vertical-align:top}th{font-weight:bold}td:first-child{width:11em}
code,pre{font:9pt monospace;overflow-wrap:anywhere}.no td:first-child{font-weight:bold;
outline:2px solid #000;outline-offset:-2px}.open td:first-child{font-style:italic}
section{break-inside:avoid}@page{margin:2cm})";

std::string_view row_class(Verdict verdict) {
  if (verdict == Verdict::kHolds) return "yes";
  return verdict == Verdict::kDoesNotHold ? "no" : "open";
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line = printable(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

std::string page_start(std::string_view title, std::string_view heading) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<title>{}</title>\n"
      "<style>{}</style></head><body>\n<h1>{}</h1>\n",
      escaped(title), kStyle, heading);
}

std::string claims_table(const std::vector<Claim>& claims) {
  std::string text = "<table><tr><th>Verdict</th><th>Claim</th><th>Grounds</th></tr>\n";
  for (const Claim& claim : claims)
    text +=
        fmt::format("<tr class=\"{}\"><td>{}</td><td>{}</td><td>{}{}</td></tr>\n",
                    row_class(claim.verdict), to_string(claim.verdict), statement(claim.claim),
                    claim.verdict == Verdict::kUnchecked ? "because " : "", escaped(claim.reason));
  return text + "</table>\n";
}

}  // namespace vigil::verify
