# What `sam build` calls: one target for each function of template.yaml (BuildMethod: makefile). It unpacks the zip that
# Maven built into SAM's folder; nothing is compiled a second time. Why: docs/decisions/0001-sam-build.md

build-DevShutdownFunction: ZIP := functions/dev-shutdown/target/dev-shutdown.zip
build-RestoreDrillFunction: ZIP := functions/restore-drill/target/restore-drill.zip
build-SaleScalingFunction: ZIP := functions/sale-scaling/target/sale-scaling.zip
build-SecretBootstrapFunction: ZIP := functions/secret-bootstrap/target/secret-bootstrap.zip
build-SecretRotationFunction: ZIP := functions/secret-rotation/target/secret-rotation.zip
build-SecretAdoptionFunction: ZIP := functions/secret-rotation/target/secret-rotation.zip
build-SlackAlertFunction: ZIP := functions/slack-alert/target/slack-alert.zip
build-SnapshotCheckFunction: ZIP := functions/snapshot-check/target/snapshot-check.zip

# The names above, so that a new function is one line.
BUILDS := $(shell sed -n 's/^\(build-[A-Za-z]*\): ZIP := .*/\1/p' tools/sam.mk)

# jar comes with the JDK that the build needs anyway; unzip may be missing.
$(BUILDS): target/package
	@cd "$(ARTIFACTS_DIR)" && "$$("$(CURDIR)/tools/jdk25")/bin/jar" --extract --file "$(CURDIR)/$(ZIP)"

.PHONY: $(BUILDS)
