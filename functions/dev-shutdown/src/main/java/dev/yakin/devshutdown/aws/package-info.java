/** Dev shutdown's adapters: ECS, Application Auto Scaling, RDS, Parameter Store, CloudWatch, and the handler. */
@NullMarked
package dev.yakin.devshutdown.aws;

import org.jspecify.annotations.NullMarked;
