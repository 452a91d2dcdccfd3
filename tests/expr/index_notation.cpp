// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/index_notation.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <string_view>

using namespace ramp;
using detail::extent_clash;
using detail::find_clash;
using detail::fits_ranks;
using detail::index_list;
using detail::index_notation;

namespace {

std::string letters(index_list const& all) {
  std::string text;
  for (int i = 0; i < all.count; ++i) text += all.letter[i];
  return text;
}

/// What was read, operands and result, or the place of what cannot be.
std::string read(std::string_view text) {
  index_notation const n(text);
  if (n.fault >= 0) return "fault at " + std::to_string(n.fault);
  std::string all;
  for (int k = 0; k < n.operands; ++k) all += (k == 0 ? "" : ",") + letters(n.of(k));
  return all + "->" + letters(n.result);
}

}  // namespace

TEST_CASE("indices are letters between commas, and those of the result", "[expr]") {
  CHECK(read("ij,jk->ik") == "ij,jk->ik");
  CHECK(read(" i j , jk ->i k ") == "ij,jk->ik");
  CHECK(read("abcd,e,F,Zz->") == "abcd,e,F,Zz->");
  CHECK(read(",i->i") == ",i->i");
  CHECK(read("->") == "->");
  CHECK(read("") == "->");
}

TEST_CASE("without an arrow the result has what stands once, by the alphabet", "[expr]") {
  CHECK(read("ij,jk") == "ij,jk->ik");
  CHECK(read("ba") == "ba->ab");
  CHECK(read("ii") == "ii->");
  CHECK(read("iji") == "iji->j");
  CHECK(read("zA,Ay") == "zA,Ay->yz");
  CHECK(read("bA") == "bA->Ab");  // capitals come first
}

TEST_CASE("a character that cannot stand there is told by its place", "[expr]") {
  CHECK(read("i1->i") == "fault at 1");
  CHECK(read("abcde") == "fault at 4");  // tensors have at most 4 dimensions
  CHECK(read("a,b,c,d,e") == "fault at 7");
  CHECK(read("ij-ji") == "fault at 2");
  CHECK(read("ij-") == "fault at 2");
  CHECK(read(std::string_view("ij->").substr(0, 3)) == "fault at 2");
  CHECK(read("ij>ji") == "fault at 2");
  CHECK(read("i->i->i") == "fault at 4");
  CHECK(read("i->i,i") == "fault at 4");
  CHECK(read("i->abcde") == "fault at 7");
}

TEST_CASE("the result has indices of the operands, each once", "[expr]") {
  CHECK(index_notation("ij->ik").not_in_operand == 'k');
  CHECK(index_notation("ij->ii").twice_in_result == 'i');
  index_notation const right("ij,jk->ki");
  CHECK(right.not_in_operand == 0);
  CHECK(right.twice_in_result == 0);
  CHECK(letters(right.all) == "ijk");
  // more indices than a node has dimensions are not counted on
  CHECK(index_notation("abcd,efgh,ijkl->").all.count == max_dimensions);
}

TEST_CASE("a list of indices finds the first place of a letter", "[expr]") {
  index_list all;
  CHECK_FALSE(all.has('i'));
  for (char c : {'k', 'i', 'k'}) all.add(c);
  CHECK(all.find('k') == 0);
  CHECK(all.find('i') == 1);
  CHECK(all.find('j') == -1);
}

TEST_CASE("an operand has a dimension for each of its indices", "[expr]") {
  index_notation const n("ij,j->i");
  CHECK(fits_ranks(n, std::array{shape(2, 3), shape(3)}));
  CHECK_FALSE(fits_ranks(n, std::array{shape(2, 3), shape(3, 1)}));
  CHECK_FALSE(fits_ranks(n, std::array{shape(2), shape(3)}));
  CHECK_FALSE(fits_ranks(n, std::array{shape(2, 3)}));
  CHECK_FALSE(fits_ranks(n, std::array{shape(2, 3), shape(3), shape()}));
}

TEST_CASE("the first index that stands for two extents", "[expr]") {
  auto const is = [](extent_clash const& found, char letter, int first, int second) {
    return found.letter == letter && found.first == first && found.second == second;
  };
  index_notation const n("ij,jk->ik");
  CHECK(is(find_clash(n, std::array{shape(2, 3), shape(3, 4)}), 0, 0, 0));
  CHECK(is(find_clash(n, std::array{shape(2, 3), shape(5, 4)}), 'j', 3, 5));
  CHECK(is(find_clash(index_notation("ii->i"), std::array{shape(2, 3)}), 'i', 2, 3));
  CHECK(is(find_clash(index_notation("ij,ij"), std::array{shape(2, 3), shape(4, 5)}), 'i', 2, 4));
}
