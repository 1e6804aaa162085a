// SPDX-License-Identifier: Apache-2.0
#include "tests/support/vectors.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <stdexcept>

#include "tests/support/run_program.h"

namespace vigil::test {

std::vector<Vector> read_vectors(const std::string& folder) {
  std::vector<Vector> vectors;
  std::set<std::string> listed{"expected.tsv"};
  std::ifstream table(folder + "/expected.tsv");
  for (std::string line; std::getline(table, line);) {
    const std::size_t tab = line.find('\t');
    if (line.starts_with('#') || tab == std::string::npos) continue;
    Vector vector{line.substr(0, tab), line.substr(tab + 1), {}};
    vector.content = read_file(folder + "/" + vector.name);
    listed.insert(vector.name);
    vectors.push_back(std::move(vector));
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!listed.contains(name) && !name.ends_with(".key"))
      throw std::runtime_error(folder + "/expected.tsv does not list " + name);
  }
  return vectors;
}

void write_vectors(const std::string& folder, const std::vector<Vector>& vectors) {
  std::filesystem::create_directories(folder);
  std::ofstream table(folder + "/expected.tsv");
  table << "# file\tcode it must give\n";
  for (const Vector& vector : vectors) {
    table << vector.name << '\t' << vector.code << '\n';
    std::ofstream file(folder + "/" + vector.name, std::ios::binary);
    file.write(as_text(vector.content).data(), static_cast<std::streamsize>(vector.content.size()));
  }
}

}  // namespace vigil::test
