#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <random>
#include <utility>
#include <vector>

#include "harness/behaviour/model_error.h"
#include "harness/explore/graph_explorer.h"

// Splits a search into sub-trees that are of a size, roughly. Always the largest is gone on from; how large it is, is
// guessed by a few random walks (random_walks.cc), so the split is the same in every process.

namespace doorway {

template <class Coherence>
class Splitter {
 public:
  using Explorer = GraphExplorer<Coherence>;
  using SubTree = typename Explorer::SubTree;
  struct Part {
    SubTree sub_tree;
    double size = 0;  // executions, by a guess
  };

  // `explorer` counts and judges what is explored by the way; `scout` only walks, so often through each.
  Splitter(Explorer& explorer, Explorer& scout, int walks) : explorer_(explorer), scout_(scout), walks_(walks) {}

  // As many as wanted, the largest first; less, if there is no more to split. Nothing is left to explore but these.
  std::vector<Part> Split(std::size_t wanted) {
    Add(explorer_.Root());
    while (!parts_.empty() && parts_.size() < wanted && !explorer_.Stopped()) {
      std::pop_heap(parts_.begin(), parts_.end(), IsSmaller);
      const SubTree largest = parts_.back().sub_tree;
      parts_.pop_back();
      for (const SubTree& part : explorer_.Expand(largest)) Add(part);
    }
    std::sort_heap(parts_.begin(), parts_.end(), IsSmaller);
    std::reverse(parts_.begin(), parts_.end());
    return std::move(parts_);
  }

 private:
  static bool IsSmaller(const Part& a, const Part& b) { return a.size < b.size; }

  void Add(const SubTree& sub_tree) {
    parts_.push_back({sub_tree, Guess(sub_tree)});
    std::push_heap(parts_.begin(), parts_.end(), IsSmaller);
  }

  // A fault of the model is left to the search to find.
  double Guess(const SubTree& sub_tree) {
    try {
      double sum = 0;
      for (int i = 0; i < walks_; ++i) sum += scout_.WalkFrom(sub_tree, &random_);
      return sum / walks_;
    } catch (const ModelError&) {
      return 0;
    }
  }

  Explorer& explorer_;
  Explorer& scout_;
  int walks_;
  std::mt19937_64 random_;
  std::vector<Part> parts_;  // a heap
};

// Deals sizes out to so many piles, the largest first, each to the pile that is the lowest then. By part, its pile.
inline std::vector<std::size_t> Deal(const std::vector<double>& sizes, std::size_t piles) {
  std::vector<std::pair<double, std::size_t>> heap;  // the lowest pile on top
  for (std::size_t pile = 0; pile < piles; ++pile) heap.emplace_back(0.0, pile);
  std::vector<std::size_t> dealt;
  for (const double size : sizes) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    dealt.push_back(heap.back().second);
    heap.back().first += size;
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
  }
  return dealt;
}

}  // namespace doorway
