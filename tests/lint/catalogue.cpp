// SPDX-License-Identifier: Apache-2.0
#include "tests/lint/catalogue.h"

#include <cctype>
#include <string_view>

namespace vigil::lint {
namespace {

// What stands between the quotes at `at`, which is moved past the closing one; \n, \" and \\ read.
std::string quoted(std::string_view text, std::size_t& at) {
  std::string value;
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      value += text[at];
      continue;
    }
    ++at;
    value += text[at] == 'n' ? '\n' : text[at] == 't' ? '\t' : text[at];
  }
  ++at;
  return value;
}

std::string value_after(const std::string& header, std::string_view key) {
  const std::size_t at = header.find(key);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + key.size();
  return header.substr(begin, header.find_first_of(";\n", begin) - begin);
}

class PoReader {
 public:
  explicit PoReader(Catalogue& catalogue) : catalogue_(catalogue) {}

  void line(std::string_view text) {
    if (text.starts_with("#~")) {
      entry_.obsolete = true;
      text.remove_prefix(text.starts_with("#~ ") ? 3 : 2);
    }
    if (text.starts_with("#,")) {
      finish();
      entry_.draft = text.find("fuzzy") != std::string_view::npos;
    } else if (text.starts_with("msgid_plural ")) {
      target_ = &entry_.plural;
    } else if (text.starts_with("msgid ")) {
      if (id_) finish();
      id_.emplace();
      target_ = &*id_;
    } else if (text.starts_with("msgstr")) {
      entry_.translations.emplace_back();
      target_ = &entry_.translations.back();
    }
    std::size_t at = text.find('"');
    if (!text.starts_with("#") && at != std::string_view::npos && target_ != nullptr) {
      *target_ += quoted(text, at);
    }
  }

  void finish() {
    if (id_ && id_->empty() && !entry_.translations.empty()) {
      catalogue_.header = entry_.translations.front();
    } else if (id_ && !catalogue_.entries.emplace(*id_, entry_).second) {
      catalogue_.twice.push_back(*id_);
    }
    id_.reset();
    entry_ = {};
    target_ = nullptr;
  }

 private:
  Catalogue& catalogue_;
  std::optional<std::string> id_;
  CatalogueEntry entry_;
  std::string* target_ = nullptr;
};

bool is_name(char sign) {
  return std::isalnum(static_cast<unsigned char>(sign)) != 0 || sign == '_';
}

// The literals of one call's arguments, those that stand side by side joined; `at` is at the "(".
// What stands in braces fills the places of a text.
std::vector<std::string> literals(std::string_view code, std::size_t at) {
  std::vector<std::string> found;
  bool joined = false;
  int braces = 0;
  for (int depth = 0; at < code.size();) {
    const char sign = code[at];
    if (sign == '"') {
      const std::string part = quoted(code, at);
      if (braces > 0) continue;
      if (joined) {
        found.back() += part;
      } else {
        found.push_back(part);
      }
      joined = true;
      continue;
    }
    if (sign == '{') ++braces;
    if (sign == '}') --braces;
    if (sign == '(') ++depth;
    if (sign == ')' && --depth == 0) break;
    if (std::isspace(static_cast<unsigned char>(sign)) == 0) joined = false;
    ++at;
  }
  return found;
}

}  // namespace

std::vector<Catalogue> read_catalogues(std::string_view folder) {
  std::vector<Catalogue> catalogues;
  for (const SourceFile& file : read_tree({".po"})) {
    const std::size_t begin = file.path.find_last_of('/') + 1;
    if (file.path.substr(0, begin) != folder) continue;
    Catalogue catalogue;
    catalogue.path = file.path;
    catalogue.language = file.path.substr(begin, file.path.size() - begin - 3);
    PoReader reader(catalogue);
    for (const std::string& line : file.lines) reader.line(line);
    reader.finish();
    const std::string forms = value_after(catalogue.header, "nplurals=");
    catalogue.plural_forms = forms.empty() ? 0 : forms[0] - '0';
    catalogues.push_back(std::move(catalogue));
  }
  return catalogues;
}

std::vector<AskedWord> asked_words(const SourceFile& file,
                                   std::span<const std::string_view> calls) {
  std::string code;
  std::vector<std::size_t> starts;  // of lines
  for (const std::string& line : file.lines) {
    starts.push_back(code.size());
    const std::size_t first = line.find_first_not_of(' ');
    if (first == std::string::npos || line.compare(first, 2, "//") != 0) code += line;
    code += '\n';
  }
  std::vector<AskedWord> asked;
  for (const std::string_view call : calls) {
    for (std::size_t at = code.find(call); at != std::string::npos; at = code.find(call, at + 1)) {
      // state_words(...) is another function; "Words words(...)" and "&words)" are no calls.
      if (at > 0 && is_name(code[at - 1])) continue;
      std::size_t line = 0;
      while (line < starts.size() && starts[line] <= at) ++line;
      const std::vector<std::string> texts = literals(code, at + call.size() - 1);
      if (texts.empty()) {
        asked.push_back({file.path, line, "", ""});
      } else if (call.find("plural") != std::string_view::npos) {
        asked.push_back({file.path, line, texts[0], texts.size() > 1 ? texts[1] : ""});
      } else {
        for (const std::string& text : texts) asked.push_back({file.path, line, text, ""});
      }
    }
  }
  return asked;
}

}  // namespace vigil::lint
