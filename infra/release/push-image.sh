#!/usr/bin/env bash
# Builds the image for amd64 and arm64, and pushes it with provenance and SBOM: push-image.sh <repository> <version>
set -euo pipefail
repository=$1 version=$2
cd "$(dirname "$0")/../.."

# The image is compiled without emulation. Only its last stage runs commands of the other architecture.
docker run --privileged --rm tonistiigi/binfmt --install arm64
docker buildx create --use --driver docker-container
docker buildx build --platform linux/amd64,linux/arm64 --provenance=mode=max --sbom=true \
  --build-arg VERSION="$version" \
  --build-arg REVISION="$(git rev-parse HEAD)" \
  --build-arg CREATED="$(git log -1 --format=%cI)" \
  --tag "$repository:$version" --tag "$repository:latest" --push .
